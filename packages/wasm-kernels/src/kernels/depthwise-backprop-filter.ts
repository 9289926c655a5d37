import { DepthwiseConv2dNativeBackpropFilter } from '@tensorflow/tfjs-core';
import { convolutionGeometry, GEOMETRY_BYTES, writeGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** The gradient of a depthwise convolution by its filter; tfjs has none on wasm. */
export const depthwiseBackpropFilter: TrainingKernel<'x' | 'dy', Attributes> = {
  kernelName: DepthwiseConv2dNativeBackpropFilter,
  run({ memory, native, scratch }, { inputs: { x, dy }, attrs }) {
    const geometry = convolutionGeometry(DepthwiseConv2dNativeBackpropFilter, x.shape, attrs.filterShape, attrs, true);
    const dw = memory.uninitialized(attrs.filterShape, 'float32');
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      writeGeometry(memory, at, geometry);
      native.depthwiseBackpropFilter(at, memory.address(x.dataId), memory.address(dy.dataId), memory.address(dw.dataId));
    });
    return dw;
  },
};
