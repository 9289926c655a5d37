import { Conv2DBackpropInput, util } from '@tensorflow/tfjs-core';
import { GEMM_SCRATCH_BYTES, packedBytes, pixelsAtATime, tapsAtATime } from '../blocking.ts';
import { convolutionGeometry, GEOMETRY_BYTES, writeGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[];
}

/**
 * The gradient of a two-dimensional convolution by its input, and `conv2dTranspose`. tfjs's own loops over single floats; it keeps
 * calls with channels first and those whose `dy` has not the shape of the convolution's output.
 */
export const conv2dBackpropInput: TrainingKernel<'dy' | 'filter', Attributes> = {
  kernelName: Conv2DBackpropInput,
  takes: ({ inputs: { dy, filter }, attrs }) =>
    attrs.dataFormat !== 'NCHW' &&
    util.arraysEqual(dy.shape, convolutionGeometry(Conv2DBackpropInput, attrs.inputShape, filter.shape, attrs).outShape),
  run({ memory, native, scratch }, { inputs: { dy, filter }, attrs }) {
    const geometry = convolutionGeometry(Conv2DBackpropInput, attrs.inputShape, filter.shape, attrs);
    const dx = memory.uninitialized(attrs.inputShape, 'float32');
    const { filterHeight, filterWidth, inChannels, outChannels } = geometry;
    const { taps, channels } = tapsAtATime(filterHeight * filterWidth, inChannels, outChannels);
    const columns = taps * channels;
    const pixels = pixelsAtATime(columns);
    const sizes = [GEOMETRY_BYTES, pixels * columns * 4, packedBytes(outChannels, columns), GEMM_SCRATCH_BYTES] as const;
    scratch.with(sizes, ([at, patches, packed, rest]) => {
      writeGeometry(memory, at, geometry);
      const [dyAt, filterAt, dxAt] = [memory.address(dy.dataId), memory.address(filter.dataId), memory.address(dx.dataId)];
      native.conv2dBackpropInput(at, dyAt, filterAt, dxAt, taps, channels, pixels, patches, packed, rest);
    });
    return dx;
  },
};
