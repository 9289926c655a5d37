import { add, engine, FusedBatchNorm, mul, neg, reshape, rsqrt, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { canFuse } from '../fusion/fuse.ts';
import { CENTRED_SUMS } from '../kernels/gradient-kernels.ts';
import type { TrainingGradient } from './training-gradient.ts';

/**
 * Of batch normalization (Ioffe and Szegedy 2015, arXiv:1502.03167, section 3, with the statistics as inputs of their own). With
 * r = 1 / sqrt(variance + ε): dx = dy·scale·r, dmean = -scale·r·Σdy, dvariance = -½·scale·r³·Σdy(x - mean),
 * dscale = r·Σdy(x - mean), doffset = Σdy. All but dx are made of the same two sums.
 */
export const batchNormGradient: TrainingGradient = {
  kernelName: FusedBatchNorm,
  takes: (dy, [x, mean, ...others]) =>
    x !== undefined &&
    mean !== undefined &&
    canFuse(x.shape, [dy, x]) &&
    x.size / (x.shape.at(-1) ?? 1) > 1 &&
    [mean, ...others].every((each) => (each as Tensor | null) === null || (each.rank === 1 && each.dtype === 'float32')),
  gradient(dy, [x = dy, mean = dy, variance = dy, scale], { varianceEpsilon }) {
    const [sum, centredSum] = engine().runKernel(CENTRED_SUMS, { dy, x, mean }) as unknown as [Tensor, Tensor];
    const reciprocal = rsqrt(add(variance, varianceEpsilon as number));
    const factor = (scale as Tensor | undefined | null) ? mul(reciprocal, scale as Tensor) : reciprocal;
    return {
      x: () => mul(dy, factor),
      mean: () => neg(mul(factor, sum)),
      variance: () => tidy(() => mul(mul(mul(mul(reciprocal, reciprocal), factor), centredSum), -0.5)),
      scale: () => mul(reciprocal, centredSum),
      offset: () => reshape(sum, sum.shape),
    };
  },
};
