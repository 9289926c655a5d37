import { checkNumber, checkSchedule, complete, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { cycleAt } from './cycle.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link restarts}; defaults from timm's schedulers, but for `limit`. */
export interface RestartsOptions {
  /** The length of the first cycle: whole, at least 1. */
  steps: number;
  /** How many times longer each cycle is than the one before, at least 1; may be fractional. @defaultValue 1 (timm's `cycle_mul`) */
  stretch?: number;
  /** What the values are multiplied by at each restart, at least 0. @defaultValue 1 (timm's `cycle_decay`) */
  decay?: number;
  /** After how many cycles it ends, whole, at least 1; the value then stays as the last cycle ends. @defaultValue none: they go on (timm's `cycle_limit` is 1) */
  limit?: number | undefined;
}

/**
 * The first steps of a schedule again and again.
 *
 *     η(t) = decayⁱ · schedule(steps · tᵢ / nᵢ)        nᵢ = steps · stretchⁱ
 *
 * with tᵢ the steps since the last restart and i the count of restarts. Smith 2017 (arXiv:1506.01186), Loshchilov & Hutter
 * 2017 (arXiv:1608.03983) for `cosine`; the cycles of timm's schedulers. A restart comes in the place of the schedule's own
 * step `steps`; after a `limit` that step's value stays. Stretched cycles ask the schedule between its whole steps, which
 * all of this package allow. Steps are optimizer steps, counted from 0.
 *
 * @example
 * const rate = restarts(linear({ from: 0.1, steps: 10 }), { steps: 10, stretch: 2, decay: 0.5, limit: 2 });
 * rate.at(5);  // 0.05
 * rate.at(10); // 0.05
 * rate.at(20); // 0.025
 * rate.at(30); // 0
 *
 * @throws DownhillError `invalid-argument` when `schedule` is no schedule or number, `steps` or `limit` is not a whole number of at least 1, `stretch` is
 * below 1, or `decay` is below 0.
 */
export function restarts(repeated: ScheduleLike, options: RestartsOptions): Schedule {
  checkSchedule('restarts', { repeated });
  const { steps, stretch, decay, limit } = complete('restarts', options, { steps: REQUIRED, stretch: 1, decay: 1, limit: undefined });
  checkNumber('restarts', { steps }, { min: 1, integer: true }, 'Pass batches per epoch × epochs of a cycle.');
  checkNumber('restarts', { stretch }, { min: 1 });
  checkNumber('restarts', { decay }, { min: 0 });
  if (limit !== undefined) checkNumber('restarts', { limit }, { min: 1, integer: true });
  return schedule({
    name: 'restarts',
    config: [repeated, { steps, stretch, decay, limit }],
    at(t) {
      const cycle = cycleAt(t, steps, stretch);
      if (limit !== undefined && cycle.restarts >= limit) return pow(decay, limit - 1) * valueAt(repeated, steps);
      return pow(decay, cycle.restarts) * valueAt(repeated, (cycle.elapsed * steps) / cycle.length);
    },
  });
}
