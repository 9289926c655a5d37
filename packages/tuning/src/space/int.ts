import { complete, type IntParameter } from '@downhill/core';
import { checkedRange, type Fields } from './checked-range.ts';

/** Options of {@link int}; names and defaults are those of Optuna's `suggest_int`. */
export interface IntOptions {
  /** Evenly in the logarithm: as many tries from 1 to 9 as from 10 to 99. Then the step is 1. @defaultValue false */
  readonly log?: boolean;
  /** Only `low`, `low + step`, ...; a whole number of at least 1. @defaultValue 1 */
  readonly step?: number;
}

/**
 * A whole number from `low` to `high`, both included.
 *
 * A `high` that is no whole number of steps above `low` becomes the last value that is, as for `float`.
 *
 * @example
 * const units = int(16, 100, { step: 16 });
 * units.high; // 96
 *
 * @throws DownhillError `invalid-argument` where a bound or `step` is no whole number, `low` is above `high`, `log` is wanted of a bound below 1
 * or together with another `step` than 1, or `step` is below 1.
 */
export function int(low: number, high: number, options: IntOptions = {}): IntParameter {
  return checkedInt('int', { low, high, ...complete('int', options, { log: false, step: undefined }) });
}

/** What {@link int} makes, of fields that a file may hold; `at` stands before their names in messages. */
export function checkedInt(source: string, fields: Fields, at = ''): IntParameter {
  const { low, high, log, step = 1 } = checkedRange(source, fields, at, true);
  return Object.freeze({ kind: 'int', low, high: high - ((high - low) % step), log, step });
}
