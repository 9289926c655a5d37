import { div, engine, Mean, reshape, Sum, util, type Tensor } from '@tensorflow/tfjs-core';
import { canFuse } from '../fusion/fuse.ts';
import { REPEAT } from '../kernels/gradient-kernels.ts';
import type { TrainingGradient } from './training-gradient.ts';

/** Of a sum or mean over axes: the same for all that were summed. tfjs multiplies by a tensor of ones that it makes in JavaScript. */
const repeated = (kernelName: string, divide: boolean): TrainingGradient => {
  const shapes = ([x]: readonly Tensor[], axis: unknown): { shape: number[]; kept: number[] } => {
    const shape = x?.shape ?? [];
    const axes = util.parseAxisParam(axis as number | number[], shape);
    return { shape, kept: shape.map((length, index) => (axes.includes(index) ? 1 : length)) };
  };
  return {
    kernelName,
    takes(dy, saved, { axis }) {
      const { shape, kept } = shapes(saved, axis);
      return canFuse(shape, [{ dataId: dy.dataId, dtype: dy.dtype, shape: kept }]);
    },
    gradient: (dy, saved, { axis }) => ({
      x() {
        const { shape, kept } = shapes(saved, axis);
        const one = reshape(dy, kept);
        const share = divide ? div(one, util.sizeFromShape(shape) / util.sizeFromShape(kept)) : one;
        return engine().runKernel(REPEAT, { x: share }, { shape });
      },
    }),
  };
};

export const sumGradient: TrainingGradient = repeated(Sum, false);
export const meanGradient: TrainingGradient = repeated(Mean, true);
