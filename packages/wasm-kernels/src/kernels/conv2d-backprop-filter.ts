import { Conv2DBackpropFilter } from '@tensorflow/tfjs-core';
import { GEMM_SCRATCH_BYTES, packedBytes, pixelsAtATime } from '../blocking.ts';
import { convolutionGeometry, GEOMETRY_BYTES, patchSize, writeGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** The gradient of a two-dimensional convolution by its filter; tfjs has none on wasm. */
export const conv2dBackpropFilter: TrainingKernel<'x' | 'dy', Attributes> = {
  kernelName: Conv2DBackpropFilter,
  run({ memory, native, scratch }, { inputs: { x, dy }, attrs }) {
    const geometry = convolutionGeometry(Conv2DBackpropFilter, x.shape, attrs.filterShape, attrs);
    const dw = memory.uninitialized(attrs.filterShape, 'float32');
    const patch = patchSize(geometry);
    const pixels = pixelsAtATime(patch);
    const sizes = [GEOMETRY_BYTES, pixels * patch * 4, packedBytes(pixels, geometry.outChannels), GEMM_SCRATCH_BYTES] as const;
    scratch.with(sizes, ([at, patches, packed, rest]) => {
      writeGeometry(memory, at, geometry);
      const [xAt, dyAt, dwAt] = [memory.address(x.dataId), memory.address(dy.dataId), memory.address(dw.dataId)];
      native.conv2dBackpropFilter(at, xAt, dyAt, dwAt, pixels, patches, packed, rest);
    });
    return dw;
  },
};
