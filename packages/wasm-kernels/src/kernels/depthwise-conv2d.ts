import { DepthwiseConv2dNative, type TensorInfo } from '@tensorflow/tfjs-core';
import {
  convolutionGeometry,
  GEOMETRY_BYTES,
  isWrongInTfjs,
  WINDOWS_BYTES,
  writeGeometry,
  type ConvolutionAttributes,
} from '../geometry.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** A depthwise convolution with one filter a channel, faster than tfjs's own, and any where that is wrong: see {@link isWrongInTfjs}. */
export const depthwiseConv2d: TrainingKernel<'x' | 'filter', ConvolutionAttributes> = {
  kernelName: DepthwiseConv2dNative,
  takes: ({ inputs: { filter }, attrs }) => isWrongInTfjs(filter.shape, attrs) || (attrs.dataFormat !== 'NCHW' && filter.shape[3] === 1),
  run: (runtime, { inputs: { x, filter }, attrs }) => convolveDepthwise(runtime, DepthwiseConv2dNative, x, filter, attrs),
};

/** The depthwise convolution of `x` with `filter`, for the kernel named. */
export function convolveDepthwise(
  { memory, native, scratch }: Runtime,
  kernelName: string,
  x: TensorInfo,
  filter: TensorInfo,
  attrs: ConvolutionAttributes,
): TensorInfo {
  const geometry = convolutionGeometry(kernelName, x.shape, filter.shape, attrs, true);
  const y = memory.uninitialized(geometry.outShape, 'float32');
  scratch.with([GEOMETRY_BYTES, WINDOWS_BYTES], ([at, windows]) => {
    writeGeometry(memory, at, geometry);
    native.depthwiseConv2d(at, memory.address(x.dataId), memory.address(filter.dataId), memory.address(y.dataId), windows);
  });
  return y;
}
