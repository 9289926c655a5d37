import { _FusedMatMul } from '@tensorflow/tfjs-core';
import { finish, type Epilogue } from '../epilogue.ts';
import type { TrainingKernel } from '../training-kernel.ts';
import { isOurs, multiply, type ProductAttributes } from './batch-mat-mul.ts';

/** A product of matrices with bias and activation, where the product alone would be ours: what dense and recurrent layers call. */
export const fusedMatMul: TrainingKernel<'a' | 'b' | 'bias' | 'preluActivationWeights', ProductAttributes & Epilogue> = {
  kernelName: _FusedMatMul,
  takes: ({ inputs: { a, b }, attrs }) => isOurs(a, b, attrs),
  run: (runtime, { inputs, attrs }) => finish(runtime, multiply(runtime, inputs.a, inputs.b, attrs), inputs, attrs),
};
