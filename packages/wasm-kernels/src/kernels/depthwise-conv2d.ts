import { DepthwiseConv2dNative, type TensorInfo } from '@tensorflow/tfjs-core';
import { depthwiseConvolution } from '../convolutions/depthwise.ts';
import { deferConvolution } from '../fusion/convolution.ts';
import { convolutionGeometry, isWrongInTfjs, type ConvolutionAttributes } from '../geometry.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** A depthwise convolution where ours is faster than tfjs's own, or that is wrong: see {@link isWrongInTfjs}. */
export const depthwiseConv2d: TrainingKernel<'x' | 'filter', ConvolutionAttributes> = {
  kernelName: DepthwiseConv2dNative,
  takes: ({ inputs: { filter }, attrs }) => isWrongInTfjs(filter.shape, attrs) || (attrs.dataFormat !== 'NCHW' && isFaster(filter.shape)),
  run: (runtime, { inputs: { x, filter }, attrs }) => convolveDepthwise(runtime, DepthwiseConv2dNative, x, filter, attrs),
};

/** One filter a channel, of several taps, and channels enough for a turn of the native loops. */
const isFaster = ([height = 1, width = 1, channels = 1, multiplier = 1]: readonly number[]): boolean =>
  multiplier === 1 && channels >= 8 && height * width >= 4;

/** The depthwise convolution of `x` with `filter`, for the kernel named. */
export function convolveDepthwise(
  runtime: Runtime,
  kernelName: string,
  x: TensorInfo,
  filter: TensorInfo,
  attrs: ConvolutionAttributes,
): TensorInfo {
  const geometry = convolutionGeometry(kernelName, x.shape, filter.shape, attrs, true);
  return deferConvolution(runtime, depthwiseConvolution, geometry, geometry.outShape, { x, filter });
}
