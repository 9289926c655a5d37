import { engine, FusedBatchNorm, mul, type Tensor } from '@tensorflow/tfjs-core';
import { canFuse } from '../fusion/fuse.ts';
import { BATCH_NORM_GRAD, channelReduction } from '../kernels/batch-norm-grad.ts';
import type { TrainingGradient } from './training-gradient.ts';

/** Of batch normalization (Ioffe and Szegedy 2015, arXiv:1502.03167, section 3), the statistics being inputs of their own. */
export const batchNormGradient: TrainingGradient = {
  kernelName: FusedBatchNorm,
  takes: (dy, [x = dy, ...statistics]) =>
    canFuse(x.shape, [dy, x]) &&
    channelReduction(x.shape) !== undefined &&
    statistics.every(({ rank, dtype }) => rank === 1 && dtype === 'float32'),
  gradient(dy, [x = dy, mean = dy, variance = dy, scale = dy], { varianceEpsilon }) {
    const inputs = { dy, x, mean, variance, scale };
    const gradients = engine().runKernel(BATCH_NORM_GRAD, inputs, { varianceEpsilon: varianceEpsilon as number });
    const [factor = dy, dMean = dy, dVariance = dy, dScale = dy, dOffset = dy] = gradients as unknown as Tensor[];
    return { x: () => mul(dy, factor), mean: () => dMean, variance: () => dVariance, scale: () => dScale, offset: () => dOffset };
  },
};
