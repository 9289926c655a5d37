import { checkNumber, complete } from '@downhill/core';
import { checkLossOfWeights, type LossOfWeights } from '../differentiation/loss-of-weights.ts';
import { sizeOf } from '../differentiation/moved-weights.ts';
import { dot } from '../differentiation/vectors.ts';
import { hessianOf } from './hessian-vector-product.ts';
import { signs } from './random-direction.ts';

/** Options of {@link hessianTrace}. */
export interface HessianTraceOptions {
  /** The most random vectors. @defaultValue 100, as in PyHessian */
  readonly samples?: number;
  /** Where the standard error, relative to the trace, ends it; asked from the third vector on. @defaultValue 0.05 */
  readonly tolerance?: number;
  /** @defaultValue 0 */
  readonly seed?: number;
}

export interface HessianTrace {
  readonly trace: number;
  /** Of the trace, from the spread of the estimates; infinite for a single one. */
  readonly standardError: number;
  /** vᵀ H v of each random vector. */
  readonly estimates: readonly number[];
}

/**
 * The trace of the Hessian, the sum of its eigenvalues, by Hutchinson's estimate (1990): the mean of vᵀ H v over random signs v.
 *
 * Cost: about 4 gradients a vector.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([1, 2]));
 * const of = { kind: 'loss of weights', weights: [{ key: 'w', variable: w }], loss: () => tf.tidy(() => tf.sum(tf.square(w))) };
 * const { trace } = await hessianTrace(of, { samples: 3 });
 * Math.round(trace); // 4
 *
 * @throws DownhillError `invalid-argument` for options out of range, `non-finite` where a gradient is.
 */
export async function hessianTrace(of: LossOfWeights, options: HessianTraceOptions = {}): Promise<HessianTrace> {
  const source = 'hessianTrace';
  checkLossOfWeights(source, of);
  const { samples, tolerance, seed } = complete(source, options, { samples: 100, tolerance: 0.05, seed: 0 });
  checkNumber(source, { samples }, { min: 1, integer: true });
  checkNumber(source, { tolerance }, { min: 0 });
  checkNumber(source, { seed }, { integer: true });
  const hessian = hessianOf(of);
  const estimates: number[] = [];
  for (;;) {
    const v = signs(sizeOf(of), seed, estimates.length);
    estimates.push(dot(v, (await hessian(v)).product));
    const { trace, standardError } = meanOf(estimates);
    const settled = estimates.length >= 3 && standardError <= tolerance * Math.abs(trace);
    if (settled || estimates.length >= samples) return { trace, standardError, estimates };
  }
}

function meanOf(estimates: readonly number[]): { readonly trace: number; readonly standardError: number } {
  const count = estimates.length;
  const trace = estimates.reduce((sum, value) => sum + value, 0) / count;
  const squares = estimates.reduce((sum, value) => sum + (value - trace) ** 2, 0);
  return { trace, standardError: count === 1 ? Infinity : Math.sqrt(squares / (count - 1) / count) };
}
