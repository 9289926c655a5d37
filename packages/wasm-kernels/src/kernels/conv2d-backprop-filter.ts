import { Conv2DBackpropFilter } from '@tensorflow/tfjs-core';
import { convolutionFor } from '../convolutions/choose.ts';
import { deferFilterGradient } from '../fusion/convolution.ts';
import { convolutionGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** The gradient of a two-dimensional convolution by its filter; tfjs has none on wasm. */
export const conv2dBackpropFilter: TrainingKernel<'x' | 'dy', Attributes> = {
  kernelName: Conv2DBackpropFilter,
  run(runtime, { inputs: { x, dy }, attrs }, settings) {
    const geometry = convolutionGeometry(Conv2DBackpropFilter, x.shape, attrs.filterShape, attrs);
    return deferFilterGradient(runtime, convolutionFor(geometry, settings), geometry, attrs.filterShape, x, dy);
  },
};
