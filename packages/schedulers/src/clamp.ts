import { checkNumber, checkSchedule, complete, DownhillError, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';

/** Options of {@link clamp}: at least one of them. */
export interface ClampOptions {
  /** The smallest value. @defaultValue none */
  min?: number | undefined;
  /** The largest value, at least `min`. @defaultValue none */
  max?: number | undefined;
}

/**
 * A schedule kept within bounds.
 *
 *     η(t) = min(max, max(min, schedule(t)))
 *
 * For a fall that never ends, a floor. Steps are optimizer steps, counted from 0.
 *
 * @example
 * const rate = clamp(exponential({ from: 0.1, factor: 0.5 }), { min: 0.02 });
 * rate.at(1);   // 0.05
 * rate.at(100); // 0.02
 *
 * @throws DownhillError `invalid-argument` when `clamped` is no schedule or number, neither bound is given, one is not finite, or `max` is below `min`.
 */
export function clamp(clamped: ScheduleLike, options: ClampOptions): Schedule {
  checkSchedule('clamp', { clamped });
  const { min, max } = complete('clamp', options, { min: undefined, max: undefined });
  if (min === undefined && max === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'clamp',
      problem: '`min` or `max` must be given, got neither',
      advice: 'Write for example { min: 1e-5 }.',
    });
  if (min !== undefined) checkNumber('clamp', { min });
  if (max !== undefined) checkNumber('clamp', { max }, min === undefined ? {} : { min });
  return schedule({
    name: 'clamp',
    config: [clamped, { min, max }],
    at: (t) => Math.min(max ?? Infinity, Math.max(min ?? -Infinity, valueAt(clamped, t))),
  });
}
