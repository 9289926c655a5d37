import { checkNumber } from '@downhill/core';

/** What {@link deadUnits} finds. */
export interface DeadUnits {
  /** Units that are 0 for every sample. */
  readonly dead: number;
  readonly units: number;
  /** Their share of all units. */
  readonly deadFraction: number;
  /** The share of single values that are 0. */
  readonly zeroFraction: number;
}

/**
 * Which units behind a ReLU never say anything: such a unit has no gradient, and does not learn. A unit is a column of the values, the last axis innermost:
 * a neuron of a dense layer, a channel of a convolution, which is dead when it is 0 at every place of every picture.
 *
 * @param units Length of the last axis.
 *
 * @example
 * deadUnits([0, 1, 0, 0], 2); // { dead: 1, units: 2, deadFraction: 0.5, zeroFraction: 0.75 }
 *
 * @throws DownhillError `invalid-argument` where the values are no whole number of rows.
 */
export function deadUnits(values: ArrayLike<number>, units: number): DeadUnits {
  checkNumber('deadUnits', { units }, { min: 1, integer: true });
  checkNumber('deadUnits', { 'values.length / units': values.length / units }, { min: 1, integer: true });
  const alive = new Uint8Array(units);
  let zeros = 0;
  for (let i = 0; i < values.length; i++)
    if (values[i] === 0) zeros++;
    else alive[i % units] = 1;
  const dead = units - alive.reduce((sum, one) => sum + one, 0);
  return { dead, units, deadFraction: dead / units, zeroFraction: zeros / values.length };
}

/** Where a tanh counts as saturated: its slope is below a tenth there. */
const TANH_SATURATION = 0.95;

/**
 * The share of values of a tanh or a sigmoid that are so close to their limits that hardly any gradient comes through.
 *
 *     tanh: |y| > limit        sigmoid: |2 y − 1| > limit, the tanh of half the input
 *
 * @example
 * saturatedFraction([-0.99, 0, 0.5, 0.96], 'tanh'); // 0.5
 *
 * @throws DownhillError `invalid-argument` for a limit outside (0, 1).
 */
export function saturatedFraction(values: ArrayLike<number>, activation: 'tanh' | 'sigmoid', limit: number = TANH_SATURATION): number {
  checkNumber('saturatedFraction', { limit }, { above: 0, below: 1 });
  const size = activation === 'tanh' ? Math.abs : (y: number): number => Math.abs(2 * y - 1);
  let saturated = 0;
  for (let i = 0; i < values.length; i++) if (size(values[i] ?? 0) > limit) saturated++;
  return saturated / values.length;
}
