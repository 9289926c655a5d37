import { complete, type FloatParameter } from '@downhill/core';
import { checkedRange, type Fields } from './checked-range.ts';
import { lastPlace, steppedValue } from './step-values.ts';

/** Options of {@link float}; names and defaults are those of Optuna's `suggest_float`. */
export interface FloatOptions {
  /** Evenly in the logarithm: as many tries from 1e-4 to 1e-3 as from 1e-3 to 1e-2. Not together with `step`. @defaultValue false */
  readonly log?: boolean;
  /** Only `low`, `low + step`, ...; above 0. @defaultValue none: every number of the range */
  readonly step?: number;
}

/**
 * A real number from `low` to `high`, both included.
 *
 * A `high` that is no whole number of steps above `low` becomes the last value that is: `float(0, 1, { step: 0.3 })` ends at 0.9. (Optuna does
 * the same, with a warning.)
 *
 * @example
 * const rate = float(1e-5, 0.1, { log: true });
 * settingAt(rate, 0.5).toPrecision(6); // '0.00100000'
 *
 * @throws DownhillError `invalid-argument` where a bound is not finite, `low` is above `high`, `log` is wanted of a bound that is not above 0 or
 * together with `step`, or `step` is not above 0.
 */
export function float(low: number, high: number, options: FloatOptions = {}): FloatParameter {
  return checkedFloat('float', { low, high, ...complete('float', options, { log: false, step: undefined }) });
}

/** What {@link float} makes, of fields that a file may hold; `at` stands before their names in messages. */
export function checkedFloat(source: string, fields: Fields, at = ''): FloatParameter {
  const { low, high, log, step } = checkedRange(source, fields, at, false);
  if (step === undefined) return Object.freeze({ kind: 'float', low, high, log });
  return Object.freeze({ kind: 'float', low, high: Math.min(high, steppedValue(low, step, lastPlace(low, high, step))), log, step });
}
