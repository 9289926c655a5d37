import { DepthwiseConv2dNativeBackpropInput } from '@tensorflow/tfjs-core';
import { convolutionGeometry, GEOMETRY_BYTES, WINDOWS_BYTES, writeGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[];
}

/** The gradient of a depthwise convolution by its input; tfjs has none on wasm. */
export const depthwiseBackpropInput: TrainingKernel<'dy' | 'filter', Attributes> = {
  kernelName: DepthwiseConv2dNativeBackpropInput,
  run({ memory, native, scratch }, { inputs: { dy, filter }, attrs }) {
    const geometry = convolutionGeometry(DepthwiseConv2dNativeBackpropInput, attrs.inputShape, filter.shape, attrs, true);
    const dx = memory.uninitialized(attrs.inputShape, 'float32');
    scratch.with([GEOMETRY_BYTES, WINDOWS_BYTES], ([at, windows]) => {
      writeGeometry(memory, at, geometry);
      native.depthwiseBackpropInput(at, memory.address(dy.dataId), memory.address(filter.dataId), memory.address(dx.dataId), windows);
    });
    return dx;
  },
};
