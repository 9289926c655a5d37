import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { cos } from '@downhill/core/math';
import { blend } from './blend.ts';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link cosine}; defaults from PyTorch's `CosineAnnealingLR` and Keras' `CosineDecay`. */
export interface CosineOptions {
  /** The value at step 0. */
  from: number;
  /** The value at step `steps`. @defaultValue 0 (PyTorch's `eta_min`; Keras' `alpha` · `from`) */
  to?: number;
  /** How many steps the way down takes: whole, at least 1. */
  steps: number;
  /** Whether the value stays at `to` after the end; else it climbs the same cosine back to `from`, and so on, as PyTorch's does. @defaultValue true (Keras) */
  hold?: boolean;
}

/**
 * Half a cosine from `from` down to `to`, and `to` from then on.
 *
 *     η(t) = to + ½ (from − to) (1 + cos(π · min(t / steps, 1)))
 *
 * Loshchilov & Hutter 2017, equation 5, without restarts (arXiv:1608.03983). Steps are optimizer steps, counted from
 * 0: the last of the way, `steps` − 1, is one short of `to`.
 *
 * @example
 * const rate = cosine({ from: 0.1, steps: 100 });
 * rate.at(0);   // 0.1
 * rate.at(250); // 0
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, or a number is not finite.
 */
export function cosine(options: CosineOptions): Schedule {
  const { from, to, steps, hold } = complete('cosine', options, { from: REQUIRED, to: 0, steps: REQUIRED, hold: true });
  checkNumber('cosine', { from, to });
  checkLength('cosine', { steps });
  return schedule({
    name: 'cosine',
    config: { from, to, steps, hold },
    at(t) {
      const share = hold ? Math.min(t / steps, 1) : (t % (2 * steps)) / steps;
      return blend(from, to, 0.5 * (1 + cos(Math.PI * share)));
    },
  });
}
