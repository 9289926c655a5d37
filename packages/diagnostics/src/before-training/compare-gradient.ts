import { checkNumber, checkOneOf, complete, DownhillError } from '@downhill/core';
import { summarized, type TensorGradients } from './check-gradients.ts';
import { derivatives } from './derivatives.ts';

/** Options of {@link compareGradient}. */
export interface CompareGradientOptions {
  /** @defaultValue 'central' */
  readonly difference?: 'central' | 'forward' | 'richardson';
  /** @defaultValue 1e-5, about the cube root of float64's precision */
  readonly step?: number;
  /** @defaultValue 1e-3 */
  readonly tolerance?: number;
}

/**
 * Compares the gradient of a function in plain JavaScript with finite differences, weight by weight: `checkGradients` for what is no tensor.
 *
 * @param value The function, in float64.
 * @param gradient Its gradient at `at`, as it is claimed to be.
 *
 * @example
 * const { verdict, worstIndex } = await compareGradient(([x, y]) => x * x + y, [3, 1], [6, 2]);
 * [verdict, worstIndex]; // ['fail', 1]
 *
 * @throws DownhillError `shape-mismatch` where the gradient has another length, `invalid-argument` for options out of range.
 */
export async function compareGradient(
  value: (at: readonly number[]) => number,
  at: readonly number[],
  gradient: readonly number[],
  options: CompareGradientOptions = {},
): Promise<TensorGradients> {
  const source = 'compareGradient';
  const { difference, step, tolerance } = complete(source, options, { difference: 'central', step: 1e-5, tolerance: 1e-3 });
  checkOneOf(source, 'difference', difference, ['central', 'forward', 'richardson']);
  checkNumber(source, { step, tolerance }, { above: 0 });
  if (gradient.length !== at.length)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`gradient\` must have one number per weight (${at.length}), got ${gradient.length}`,
    });
  const found = await derivatives({
    indices: [...at.keys()],
    analytic: gradient,
    valueAt: (index, delta) => value(at.map((weight, i) => (i === index ? weight + delta : weight))),
    stepOf: () => step,
    refinements: 0,
    difference,
    tolerance,
    precision: Number.EPSILON / 2,
  });
  return summarized('weights', [at.length], found);
}
