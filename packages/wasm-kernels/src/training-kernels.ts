import type { TrainingKernel } from './training-kernel.ts';
import { avgPool, maxPool } from './kernels/pool.ts';
import { avgPoolGrad } from './kernels/avg-pool-grad.ts';
import { batchNorm } from './kernels/batch-norm.ts';
import { batchNormGrad } from './kernels/batch-norm-grad.ts';
import { batchMatMul } from './kernels/batch-mat-mul.ts';
import { concat, pack } from './kernels/concat.ts';
import { conv2d } from './kernels/conv2d.ts';
import { conv2dBackpropFilter } from './kernels/conv2d-backprop-filter.ts';
import { conv2dBackpropInput } from './kernels/conv2d-backprop-input.ts';
import { conv3dBackpropInput } from './kernels/conv3d-backprop-input.ts';
import { depthwiseBackpropFilter } from './kernels/depthwise-backprop-filter.ts';
import { depthwiseBackpropInput } from './kernels/depthwise-backprop-input.ts';
import { depthwiseConv2d } from './kernels/depthwise-conv2d.ts';
import { elementwise } from './kernels/elementwise.ts';
import { fusedConv2d, fusedDepthwiseConv2d } from './kernels/fused-conv2d.ts';
import { fusedMatMul } from './kernels/fused-mat-mul.ts';
import { gather } from './kernels/gather.ts';
import { gradientKernels } from './kernels/gradient-kernels.ts';
import { cast, identity } from './kernels/identity.ts';
import { maxPoolGrad } from './kernels/max-pool-grad.ts';
import { mean, sum } from './kernels/reduce.ts';
import { slice, splitV, unpack } from './kernels/slice.ts';
import { unsortedSegmentSum } from './kernels/unsorted-segment-sum.ts';

/** All kernels that `registerWasmTrainingKernels` brings. */
export const TRAINING_KERNELS: readonly TrainingKernel[] = [
  avgPool,
  avgPoolGrad,
  batchMatMul,
  batchNorm,
  batchNormGrad,
  cast,
  concat,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  conv3dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2d,
  ...elementwise,
  fusedConv2d,
  fusedDepthwiseConv2d,
  fusedMatMul,
  gather,
  ...gradientKernels,
  identity,
  maxPool,
  maxPoolGrad,
  mean,
  pack,
  slice,
  splitV,
  sum,
  unpack,
  unsortedSegmentSum,
];
