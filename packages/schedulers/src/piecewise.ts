import { checkNumber, complete, DownhillError, schedule, show, type Schedule } from '@downhill/core';
import { checkedSteps } from './checked-steps.ts';

/** Options of {@link piecewise}; names from Keras' `PiecewiseConstantDecay`. */
export interface PiecewiseOptions {
  /** The last step of each value but the last one: whole, at least 0, none below the one before. Two that are equal leave the value between them out. */
  boundaries: readonly number[];
  /** The values, one more than there are boundaries. */
  values: readonly number[];
}

/**
 * One value after the other.
 *
 *     η(t) = valuesᵢ    where boundariesᵢ₋₁ < t ≤ boundariesᵢ
 *
 * Keras' `PiecewiseConstantDecay`: the step at a boundary still uses the value before it, where `multiStep` and `sequence`,
 * as PyTorch's, are at the new one already. Steps are optimizer steps, counted from 0; the last value stays.
 *
 * @example
 * const rate = piecewise({ boundaries: [100, 150], values: [0.1, 0.05, 0.01] });
 * rate.at(100); // 0.1
 * rate.at(101); // 0.05
 * rate.at(151); // 0.01
 *
 * @throws DownhillError `invalid-argument` when a boundary is not whole or below the one before, a value is not finite, or the values are not one more.
 */
export function piecewise(options: PiecewiseOptions): Schedule {
  const { boundaries, values } = complete('piecewise', options, { boundaries: undefined, values: undefined });
  const ends = checkedSteps('piecewise', { boundaries });
  if (!Array.isArray(values) || values.length !== ends.length + 1)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'piecewise',
      problem: `\`values\` must be an array with one number more than there are boundaries (${ends.length + 1}), got ${show(values)}`,
      advice: 'Pass for example { boundaries: [1000, 5000], values: [0.1, 0.05, 0.01] }.',
    });
  const held: readonly number[] = Object.freeze([...(values as readonly number[])]);
  held.forEach((value, i) => checkNumber('piecewise', { [`values[${i}]`]: value }));
  return schedule({
    name: 'piecewise',
    config: { boundaries: ends, values: held },
    at: (t) => held[ends.filter((end) => end < t).length] ?? 0,
  });
}
