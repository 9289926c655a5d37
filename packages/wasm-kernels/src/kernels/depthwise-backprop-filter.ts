import { DepthwiseConv2dNativeBackpropFilter } from '@tensorflow/tfjs-core';
import { depthwiseConvolution } from '../convolutions/depthwise.ts';
import { deferFilterGradient } from '../fusion/convolution.ts';
import { convolutionGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** The gradient of a depthwise convolution by its filter; tfjs has none on wasm. */
export const depthwiseBackpropFilter: TrainingKernel<'x' | 'dy', Attributes> = {
  kernelName: DepthwiseConv2dNativeBackpropFilter,
  run(runtime, { inputs: { x, dy }, attrs }) {
    const geometry = convolutionGeometry(DepthwiseConv2dNativeBackpropFilter, x.shape, attrs.filterShape, attrs, true);
    return deferFilterGradient(runtime, depthwiseConvolution, geometry, attrs.filterShape, x, dy);
  },
};
