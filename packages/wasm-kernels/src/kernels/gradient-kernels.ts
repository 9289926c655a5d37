import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { MaxPoolGradient } from '../fusion/max-pool-gradient.ts';
import { fuse } from '../fusion/fuse.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** Names of the kernels that our gradients are made of and tfjs has not. */
export const WHERE_POSITIVE = 'DownhillWherePositive';
export const WHERE_BETWEEN = 'DownhillWhereBetween';
export const REPEAT = 'DownhillRepeat';

/** dy where y is above 0: the gradient of relu, from its result. */
const wherePositive: TrainingKernel<'dy' | 'y'> = {
  kernelName: WHERE_POSITIVE,
  run(runtime, { inputs: { dy, y } }) {
    const { memory } = runtime;
    const computation = memory.known(dy.dataId)?.computation;
    return computation instanceof MaxPoolGradient && computation.pool.input === memory.known(y.dataId)
      ? memory.deferred(dy.shape, computation.whereOutputIsPositive())
      : fuse(runtime, 'wherePositive', dy.shape, [dy, y]);
  },
};

interface Between extends NamedAttrMap {
  readonly low: number;
  readonly high: number;
}

/** dy where x is between two bounds: the gradient of clipping. */
const whereBetween: TrainingKernel<'dy' | 'x', Between> = {
  kernelName: WHERE_BETWEEN,
  run: (runtime, { inputs: { dy, x }, attrs }) => fuse(runtime, 'whereBetween', dy.shape, [dy, x], attrs),
};

/** A tensor broadcast to a shape. */
const repeat: TrainingKernel<'x', { readonly shape: readonly number[] }> = {
  kernelName: REPEAT,
  run: (runtime, { inputs: { x }, attrs: { shape } }) => fuse(runtime, 'copy', shape, [x]),
};

export const gradientKernels: readonly TrainingKernel[] = [wherePositive, whereBetween, repeat];
