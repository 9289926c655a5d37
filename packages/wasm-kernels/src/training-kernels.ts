import type { TrainingKernel } from './training-kernel.ts';
import { avgPoolGrad } from './kernels/avg-pool-grad.ts';
import { batchMatMul } from './kernels/batch-mat-mul.ts';
import { conv2dBackpropFilter } from './kernels/conv2d-backprop-filter.ts';
import { conv2dBackpropInput } from './kernels/conv2d-backprop-input.ts';
import { depthwiseBackpropFilter } from './kernels/depthwise-backprop-filter.ts';
import { depthwiseBackpropInput } from './kernels/depthwise-backprop-input.ts';
import { maxPoolGrad } from './kernels/max-pool-grad.ts';
import { unsortedSegmentSum } from './kernels/unsorted-segment-sum.ts';

/** All kernels that `registerWasmTrainingKernels` brings. */
export const TRAINING_KERNELS: readonly TrainingKernel[] = [
  avgPoolGrad,
  batchMatMul,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  unsortedSegmentSum,
];
