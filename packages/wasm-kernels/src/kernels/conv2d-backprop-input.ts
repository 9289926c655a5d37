import { Conv2DBackpropInput, util } from '@tensorflow/tfjs-core';
import { convolutionFor } from '../convolutions/choose.ts';
import { InputGradient } from '../fusion/convolution.ts';
import { convolutionGeometry, type ConvolutionAttributes } from '../geometry.ts';
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
  run(runtime, { inputs: { dy, filter }, attrs }, settings) {
    const { memory } = runtime;
    const geometry = convolutionGeometry(Conv2DBackpropInput, attrs.inputShape, filter.shape, attrs);
    const kind = convolutionFor(geometry, settings);
    return memory.deferred(
      attrs.inputShape,
      new InputGradient(runtime, kind, geometry, memory.hold(dy.dataId), memory.hold(filter.dataId)),
    );
  },
};
