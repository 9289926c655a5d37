import { Conv2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { columnsAtATime, GEMM_SCRATCH_BYTES, packedBytes, pixelsAtATime } from '../blocking.ts';
import { convolutionGeometry, GEOMETRY_BYTES, isWrongInTfjs, patchSize, writeGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** A two-dimensional convolution where tfjs's own gives wrong results (see {@link isWrongInTfjs}) or is slower. */
export const conv2d: TrainingKernel<'x' | 'filter', ConvolutionAttributes> = {
  kernelName: Conv2D,
  takes: ({ inputs: { x, filter }, attrs }) =>
    attrs.dataFormat !== 'NCHW' && (isWrongInTfjs(filter.shape, attrs) || isWide(x.shape, filter.shape)),
  run: (runtime, { inputs: { x, filter }, attrs }) => convolve(runtime, Conv2D, x, filter, attrs),
};

/** Whether there are enough products for our kernel to be faster: it was by 18 to 37 % from 64 output channels on, and even below. */
function isWide(
  [batch = 1, height = 1, width = 1]: readonly number[],
  [rows = 1, columns = 1, inChannels = 1, outChannels = 1]: readonly number[],
): boolean {
  return outChannels >= 64 && rows * columns * inChannels >= 32 && batch * height * width >= 128;
}

/** The convolution of `x` with `filter`, for the kernel named. */
export function convolve(
  { memory, native, scratch }: Runtime,
  kernelName: string,
  x: TensorInfo,
  filter: TensorInfo,
  attrs: ConvolutionAttributes,
): TensorInfo {
  const geometry = convolutionGeometry(kernelName, x.shape, filter.shape, attrs);
  const y = memory.uninitialized(geometry.outShape, 'float32');
  const patch = patchSize(geometry);
  const pixels = pixelsAtATime(patch);
  const channels = Math.min(geometry.outChannels, columnsAtATime(patch));
  const sizes = [GEOMETRY_BYTES, pixels * patch * 4, packedBytes(patch, channels), GEMM_SCRATCH_BYTES] as const;
  scratch.with(sizes, ([at, patches, packed, rest]) => {
    writeGeometry(memory, at, geometry);
    const [xAt, filterAt, yAt] = [memory.address(x.dataId), memory.address(filter.dataId), memory.address(y.dataId)];
    native.conv2d(at, xAt, filterAt, yAt, channels, pixels, patches, packed, rest);
  });
  return y;
}
