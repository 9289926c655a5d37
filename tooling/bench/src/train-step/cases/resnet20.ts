import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { TrainCase } from '../train-case.ts';

/** Channels of the three stages. */
const STAGES = [16, 32, 64];
const BLOCKS_A_STAGE = 3;

/** The network for CIFAR of He et al. 2015 (arXiv:1512.03385, section 4.2), with shortcuts by projection (option B) where shapes change. */
export const resnet20: TrainCase = {
  name: 'resnet20',
  batch: 64,
  input: [32, 32, 3],
  classes: 10,
  peers: ['PyTorch', 'PyTorch tuned', 'wasm peak'],
  build(): LayersModel {
    const image = input({ shape: [32, 32, 3] });
    let features = relu(normalized(image, 16, 3, 1));
    for (const [stage, channels] of STAGES.entries()) {
      for (let block = 0; block < BLOCKS_A_STAGE; block++) features = residual(features, channels, stage > 0 && block === 0 ? 2 : 1);
    }
    const pooled = layers.globalAveragePooling2d({}).apply(features) as SymbolicTensor;
    return model({ inputs: image, outputs: layers.dense({ units: 10 }).apply(pooled) as SymbolicTensor });
  },
};

function residual(features: SymbolicTensor, channels: number, strides: number): SymbolicTensor {
  const inner = normalized(relu(normalized(features, channels, 3, strides)), channels, 3, 1);
  const shortcut = strides === 1 ? features : normalized(features, channels, 1, strides);
  return relu(layers.add().apply([inner, shortcut]) as SymbolicTensor);
}

function normalized(features: SymbolicTensor, filters: number, kernelSize: number, strides: number): SymbolicTensor {
  const convolved = layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false }).apply(features);
  return layers.batchNormalization().apply(convolved) as SymbolicTensor;
}

const relu = (features: SymbolicTensor): SymbolicTensor => layers.reLU().apply(features) as SymbolicTensor;
