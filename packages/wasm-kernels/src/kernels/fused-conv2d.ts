import { FusedConv2D, FusedDepthwiseConv2D } from '@tensorflow/tfjs-core';
import { finish, type Epilogue } from '../epilogue.ts';
import { isWrongInTfjs, type ConvolutionAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';
import { convolve } from './conv2d.ts';
import { convolveDepthwise } from './depthwise-conv2d.ts';

type Attributes = ConvolutionAttributes & Epilogue;
type Inputs = 'x' | 'filter' | 'bias' | 'preluActivationWeights';

/** A convolution with bias and activation where tfjs's own gives wrong results: see {@link isWrongInTfjs}. */
export const fusedConv2d: TrainingKernel<Inputs, Attributes> = {
  kernelName: FusedConv2D,
  takes: ({ inputs: { filter }, attrs }) => attrs.dataFormat !== 'NCHW' && isWrongInTfjs(filter.shape, attrs),
  run: (runtime, { inputs, attrs }) => finish(runtime, convolve(runtime, FusedConv2D, inputs.x, inputs.filter, attrs), inputs, attrs),
};

/** A depthwise convolution with bias and activation where tfjs's own gives wrong results: see {@link isWrongInTfjs}. */
export const fusedDepthwiseConv2d: TrainingKernel<Inputs, Attributes> = {
  kernelName: FusedDepthwiseConv2D,
  takes: ({ inputs: { filter }, attrs }) => attrs.dataFormat !== 'NCHW' && isWrongInTfjs(filter.shape, attrs),
  run: (runtime, { inputs, attrs }) =>
    finish(runtime, convolveDepthwise(runtime, FusedDepthwiseConv2D, inputs.x, inputs.filter, attrs), inputs, attrs),
};
