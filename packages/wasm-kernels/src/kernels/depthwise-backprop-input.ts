import { DepthwiseConv2dNativeBackpropInput } from '@tensorflow/tfjs-core';
import { depthwiseConvolution } from '../convolutions/depthwise.ts';
import { InputGradient } from '../fusion/convolution.ts';
import { convolutionGeometry, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[];
}

/** The gradient of a depthwise convolution by its input; tfjs has none on wasm. */
export const depthwiseBackpropInput: TrainingKernel<'dy' | 'filter', Attributes> = {
  kernelName: DepthwiseConv2dNativeBackpropInput,
  run(runtime, { inputs: { dy, filter }, attrs }) {
    const { memory } = runtime;
    const geometry = convolutionGeometry(DepthwiseConv2dNativeBackpropInput, attrs.inputShape, filter.shape, attrs, true);
    return memory.deferred(
      attrs.inputShape,
      new InputGradient(runtime, depthwiseConvolution, geometry, memory.hold(dy.dataId), memory.hold(filter.dataId)),
    );
  },
};
