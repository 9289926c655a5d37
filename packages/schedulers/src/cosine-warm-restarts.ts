import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { cos, pow } from '@downhill/core/math';
import { blend } from './blend.ts';
import { cycleAt } from './cycle.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link cosineWarmRestarts}; defaults from PyTorch's `CosineAnnealingWarmRestarts` and Keras' `CosineDecayRestarts`. */
export interface CosineWarmRestartsOptions {
  /** The value at step 0, and at each restart where `shrink` is 1. */
  from: number;
  /** What each cycle falls towards; the restart comes before it is reached. @defaultValue 0 (PyTorch's `eta_min`, Keras' `alpha`) */
  to?: number;
  /** The length of the first cycle: whole, at least 1 (PyTorch's `T_0`). */
  steps: number;
  /** How many times longer each cycle is than the one before, at least 1; may be fractional. @defaultValue 1 (PyTorch's `T_mult`; Keras' `t_mul` is 2) */
  stretch?: number;
  /** What the height of a cycle above `to` is multiplied by at each restart, from 0 to 1. @defaultValue 1 (Keras' `m_mul`) */
  shrink?: number;
}

/**
 * Half a cosine from `from` down to `to`, again and again.
 *
 *     η(t) = to + (from − to) · shrinkⁱ · ½ (1 + cos(π · tᵢ / nᵢ))        nᵢ = steps · stretchⁱ
 *
 * with tᵢ the steps since the last restart and i the count of restarts. Loshchilov & Hutter 2017, equation 5
 * (arXiv:1608.03983). Steps are optimizer steps, counted from 0; the cycles go on forever.
 *
 * @example
 * const rate = cosineWarmRestarts({ from: 0.1, steps: 10, stretch: 2 });
 * rate.at(10); // 0.1
 * rate.at(20); // 0.05
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, `stretch` is below 1, `shrink` is outside [0, 1], or a number is not finite.
 */
export function cosineWarmRestarts(options: CosineWarmRestartsOptions): Schedule {
  const { from, to, steps, stretch, shrink } = complete('cosineWarmRestarts', options, {
    from: REQUIRED,
    to: 0,
    steps: REQUIRED,
    stretch: 1,
    shrink: 1,
  });
  checkNumber('cosineWarmRestarts', { from, to });
  checkNumber('cosineWarmRestarts', { steps }, { min: 1, integer: true });
  checkNumber('cosineWarmRestarts', { stretch }, { min: 1 });
  checkNumber('cosineWarmRestarts', { shrink }, { min: 0, max: 1 });
  return schedule({
    name: 'cosineWarmRestarts',
    config: { from, to, steps, stretch, shrink },
    at(t) {
      const { restarts, length, elapsed } = cycleAt(t, steps, stretch);
      return blend(from, to, pow(shrink, restarts) * 0.5 * (1 + cos(Math.PI * (elapsed / length))));
    },
  });
}
