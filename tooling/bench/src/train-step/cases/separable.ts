import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { TrainCase } from '../train-case.ts';

/** Output channels of each block, and the stride of its depthwise convolution: a block that halves the image doubles the channels. */
const BLOCKS = [
  { channels: 64, strides: 1 },
  { channels: 128, strides: 2 },
  { channels: 256, strides: 2 },
];

/** Depthwise-separable blocks as in MobileNet (Howard et al. 2017, arXiv:1704.04861, figure 3), with its relu6. */
export const separable: TrainCase = {
  name: 'separable',
  batch: 16,
  input: [56, 56, 32],
  classes: 10,
  peers: ['PyTorch', 'PyTorch tuned', 'wasm peak'],
  build(): Sequential {
    const model = sequential();
    for (const [index, { channels, strides }] of BLOCKS.entries()) {
      const inputShape = index === 0 ? { inputShape: [56, 56, 32] } : {};
      model.add(layers.depthwiseConv2d({ ...inputShape, kernelSize: 3, strides, padding: 'same', useBias: false }));
      model.add(layers.batchNormalization());
      model.add(layers.reLU({ maxValue: 6 }));
      model.add(layers.conv2d({ filters: channels, kernelSize: 1, useBias: false }));
      model.add(layers.batchNormalization());
      model.add(layers.reLU({ maxValue: 6 }));
    }
    model.add(layers.globalAveragePooling2d({}));
    model.add(layers.dense({ units: 10 }));
    return model;
  },
};
