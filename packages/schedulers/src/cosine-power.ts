import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { cos, pow } from '@downhill/core/math';
import { blend } from './blend.ts';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link cosinePower}; defaults from optax's `cosine_decay_schedule`. */
export interface CosinePowerOptions {
  /** The value at step 0. */
  from: number;
  /** The value from step `steps` on. @defaultValue 0 (optax's `alpha` · `from`) */
  to?: number;
  /** How many steps the way down takes: whole, at least 1. */
  steps: number;
  /** Above 0: above 1 falls earlier and lands more softly than {@link cosine}. @defaultValue 1 (optax) */
  exponent?: number;
}

/**
 * A power of half a cosine from `from` down to `to`, and `to` from then on.
 *
 *     η(t) = to + (from − to) · (½ (1 + cos(π · min(t / steps, 1))))^exponent
 *
 * optax's `cosine_decay_schedule`; with an exponent of 1 it is `cosine`, which is smaller in a bundle. Steps are optimizer
 * steps, counted from 0: the last of the way, `steps` − 1, is one short of `to`.
 *
 * @example
 * const rate = cosinePower({ from: 0.1, steps: 100, exponent: 2 });
 * rate.at(50);  // 0.025
 * rate.at(100); // 0
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, `exponent` is not above 0, or a number is not finite.
 */
export function cosinePower(options: CosinePowerOptions): Schedule {
  const { from, to, steps, exponent } = complete('cosinePower', options, { from: REQUIRED, to: 0, steps: REQUIRED, exponent: 1 });
  checkNumber('cosinePower', { from, to });
  checkLength('cosinePower', { steps });
  checkNumber('cosinePower', { exponent }, { above: 0 });
  return schedule({
    name: 'cosinePower',
    config: { from, to, steps, exponent },
    at: (t) => blend(from, to, pow(0.5 * (1 + cos(Math.PI * Math.min(t / steps, 1))), exponent)),
  });
}
