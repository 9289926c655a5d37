import { Conv2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { tileSizeFor } from '../algorithm.ts';
import { convolutionFor } from '../convolutions/choose.ts';
import { deferConvolution } from '../fusion/convolution.ts';
import { convolutionGeometry, isWrongInTfjs, patchSize, type ConvolutionAttributes } from '../geometry.ts';
import type { Runtime } from '../runtime.ts';
import type { Settings } from '../settings.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** A two-dimensional convolution where tfjs's own gives wrong results or is slower. */
export const conv2d: TrainingKernel<'x' | 'filter', ConvolutionAttributes> = {
  kernelName: Conv2D,
  takes: ({ inputs: { x, filter }, attrs }, settings) => isOurs(Conv2D, x, filter, attrs, settings),
  run: (runtime, { inputs: { x, filter }, attrs }, settings) => convolve(runtime, Conv2D, { x, filter }, attrs, settings),
};

/** Whether tfjs's own convolution gives wrong results (see {@link isWrongInTfjs}) or is slower than ours. */
export function isOurs(kernelName: string, x: TensorInfo, filter: TensorInfo, attrs: ConvolutionAttributes, settings: Settings): boolean {
  return isWrongOrTiled(kernelName, x, filter, attrs, settings) || isFasterDirectly(kernelName, x, filter, attrs);
}

/** Whether tfjs's own convolution gives wrong results or is slower than ours by tiles. */
export function isWrongOrTiled(
  kernelName: string,
  x: TensorInfo,
  filter: TensorInfo,
  attrs: ConvolutionAttributes,
  settings: Settings,
): boolean {
  if (attrs.dataFormat === 'NCHW') return false;
  return (
    isWrongInTfjs(filter.shape, attrs) || tileSizeFor(convolutionGeometry(kernelName, x.shape, filter.shape, attrs), settings) !== undefined
  );
}

/**
 * Whether there are enough products for our direct sums to be faster than tfjs's: from 16 output channels on they were by up to a third,
 * with kept weights or new ones.
 */
function isFasterDirectly(kernelName: string, x: TensorInfo, filter: TensorInfo, attrs: ConvolutionAttributes): boolean {
  if (attrs.dataFormat === 'NCHW') return false;
  const g = convolutionGeometry(kernelName, x.shape, filter.shape, attrs);
  return g.outChannels >= 16 && patchSize(g) >= 9 && g.batchSize * g.outHeight * g.outWidth >= 128;
}

/** The convolution of `x` with `filter`, for the kernel named, and a bias with a value for each output channel. */
export function convolve(
  runtime: Runtime,
  kernelName: string,
  { x, filter, bias }: { readonly x: TensorInfo; readonly filter: TensorInfo; readonly bias?: TensorInfo | undefined },
  attrs: ConvolutionAttributes,
  settings: Settings,
): TensorInfo {
  const geometry = convolutionGeometry(kernelName, x.shape, filter.shape, attrs);
  return deferConvolution(runtime, convolutionFor(geometry, settings), geometry, geometry.outShape, { x, filter, bias });
}
