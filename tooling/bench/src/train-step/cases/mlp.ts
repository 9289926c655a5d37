import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { TrainCase } from '../train-case.ts';

/** Dense layers alone. */
export const mlp: TrainCase = {
  name: 'mlp',
  batch: 128,
  input: [784],
  classes: 10,
  peers: ['PyTorch', 'PyTorch tuned', 'tfjs wasm', 'wasm peak'],
  build: (): Sequential =>
    sequential({
      layers: [
        layers.dense({ inputShape: [784], units: 1024, activation: 'relu' }),
        layers.dense({ units: 1024, activation: 'relu' }),
        layers.dense({ units: 10 }),
      ],
    }),
};
