import { add, dispose, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { LossOfWeights } from './loss-of-weights.ts';

/** The number of weights. */
export const sizeOf = ({ weights }: LossOfWeights): number => weights.reduce((sum, { variable }) => sum + variable.size, 0);

/**
 * Runs `work` with all weights moved by `step` times a direction, each sum rounded to float32, and puts the very tensors back that were there,
 * also where `work` throws. Nothing else can run in between: `work` is synchronous.
 */
export function withMovedWeights<T>(of: LossOfWeights, direction: Float64Array, step: number, work: () => T): T {
  return withWeights(of, () => movedWeights(of, direction, step), work);
}

/** Runs `work` with other values in the variables, and puts the old tensors back. The values are disposed of. */
export function withWeights<T>({ weights }: LossOfWeights, make: () => Tensor[], work: () => T): T {
  const old = weights.map(({ variable }) => variable.clone());
  try {
    const values = make();
    try {
      weights.forEach(({ variable }, i) => {
        const value = values[i];
        if (value !== undefined) variable.assign(value);
      });
    } finally {
      dispose(values);
    }
    return work();
  } finally {
    weights.forEach(({ variable }, i) => {
      const value = old[i];
      if (value !== undefined) variable.assign(value);
    });
    dispose(old);
  }
}

function movedWeights({ weights }: LossOfWeights, direction: Float64Array, step: number): Tensor[] {
  let from = 0;
  return weights.map(({ variable }) => {
    const part = Float32Array.from(direction.subarray(from, (from += variable.size)), (value) => value * step);
    return tidy(() => add(variable, tensor(part, variable.shape)));
  });
}
