import { FusedConv2D, FusedDepthwiseConv2D, type TensorInfo } from '@tensorflow/tfjs-core';
import { finish, type Epilogue } from '../epilogue.ts';
import { isWrongInTfjs, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';
import { convolve, isOurs, isWrongOrTiled } from './conv2d.ts';
import { convolveDepthwise } from './depthwise-conv2d.ts';

type Attributes = ConvolutionAttributes & Epilogue;
type Inputs = 'x' | 'filter' | 'bias' | 'preluActivationWeights';

/** A convolution with bias and activation where tfjs's own gives wrong results or is slower. */
export const fusedConv2d: TrainingKernel<Inputs, Attributes> = {
  kernelName: FusedConv2D,
  takes: ({ inputs: { x, filter }, attrs }, settings) =>
    (isLinear(attrs) ? isOurs : isWrongOrTiled)(FusedConv2D, x, filter, attrs, settings),
  run(runtime, { inputs, attrs }, settings) {
    const { x, filter, bias } = inputs;
    if (!isOneAChannel(bias, filter)) return finish(runtime, convolve(runtime, FusedConv2D, { x, filter }, attrs, settings), inputs, attrs);
    const { bias: _, ...rest } = inputs;
    return finish(runtime, convolve(runtime, FusedConv2D, { x, filter, bias }, attrs, settings), rest, attrs);
  },
};

/** Other activations are a pass of their own after our convolution; tfjs has some of them in its own. */
const isLinear = ({ activation = 'linear' }: Epilogue): boolean => activation === 'linear';

/** Whether a bias has a value for each output channel, so that the convolution can start its sums from it. */
function isOneAChannel(bias: TensorInfo | undefined, filter: TensorInfo): bias is TensorInfo {
  return bias?.dtype === 'float32' && bias.shape.length === 1 && bias.shape[0] === filter.shape[3];
}

/** A depthwise convolution with bias and activation where tfjs's own gives wrong results: see {@link isWrongInTfjs}. */
export const fusedDepthwiseConv2d: TrainingKernel<Inputs, Attributes> = {
  kernelName: FusedDepthwiseConv2D,
  takes: ({ inputs: { filter }, attrs }) => attrs.dataFormat !== 'NCHW' && isWrongInTfjs(filter.shape, attrs),
  run: (runtime, { inputs, attrs }) =>
    finish(runtime, convolveDepthwise(runtime, FusedDepthwiseConv2D, inputs.x, inputs.filter, attrs), inputs, attrs),
};
