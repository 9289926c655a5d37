import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { TrainCase } from '../train-case.ts';

/** A small convnet for 28x28 digits. */
export const convnet: TrainCase = {
  name: 'convnet',
  batch: 64,
  input: [28, 28, 1],
  classes: 10,
  peers: ['PyTorch', 'PyTorch tuned', 'tfjs cpu', 'wasm peak'],
  build: (): Sequential =>
    sequential({
      layers: [
        layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, padding: 'same', activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.conv2d({ filters: 64, kernelSize: 3, padding: 'same', activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 128, activation: 'relu' }),
        layers.dense({ units: 10 }),
      ],
    }),
};
