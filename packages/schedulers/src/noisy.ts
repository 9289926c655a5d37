import {
  checkNumber,
  checkOneOf,
  checkSchedule,
  complete,
  randomStream,
  schedule,
  streamKey,
  subKey,
  valueAt,
  type RandomStream,
  type Schedule,
  type ScheduleLike,
} from '@downhill/core';
import { exp } from '@downhill/core/math';

/** Options of {@link noisy}; defaults from timm's `Scheduler`. */
export interface NoisyOptions {
  /** The largest share of the value that is added or taken, above 0, at most 1. @defaultValue 0.67 (timm's `noise_pct`) */
  limit?: number;
  /** Normal with a deviation of 1 as far as `limit` reaches, or all alike within it. @defaultValue 'normal' (timm's `noise_type`) */
  noise?: 'normal' | 'uniform';
  /** The first step with noise: whole, at least 0. @defaultValue 0 (timm's `noise_range_t`) */
  start?: number;
  /** The first step without noise again: whole, at least `start`. @defaultValue none: it goes on (timm) */
  end?: number | undefined;
  /** A whole number. @defaultValue 42 (timm's `noise_seed`) */
  seed?: number;
}

/**
 * A schedule with noise in proportion to its value.
 *
 *     η(t) = schedule(t) · (1 + ε(t))    while start ≤ t < end        |ε(t)| ≤ limit
 *
 * The noise of timm's schedulers, whose `noise_std` is not used there either. ε(t) is drawn from the seed and the step alone: the
 * same at every call, after a resume and on every machine. Where `start` equals `end` there is none. Steps are optimizer steps,
 * counted from 0; for noise by epoch wrap it in `perEpoch`.
 *
 * @example
 * const rate = noisy(0.1, { limit: 0.2, start: 10 });
 * rate.at(9);  // 0.1
 * rate.at(10); // 0.087108354568481
 *
 * @throws DownhillError `invalid-argument` when `disturbed` is no schedule or number, `limit` is not in (0, 1], `noise` is another word, `end` is before
 * `start`, or a number is not whole.
 */
export function noisy(disturbed: ScheduleLike, options: NoisyOptions = {}): Schedule {
  checkSchedule('noisy', { disturbed });
  const defaults = { limit: 0.67, noise: 'normal', start: 0, end: undefined, seed: 42 } as const;
  const { limit, noise, start, end, seed } = complete('noisy', options, defaults);
  checkNumber('noisy', { limit }, { above: 0, max: 1 });
  checkOneOf('noisy', 'noise', noise, ['normal', 'uniform']);
  checkNumber('noisy', { start }, { min: 0, integer: true });
  if (end !== undefined) checkNumber('noisy', { end }, { min: start, integer: true });
  checkNumber('noisy', { seed }, { integer: true });
  const key = streamKey(seed, 'noisy');
  const draw = { normal, uniform }[noise];
  return schedule({
    name: 'noisy',
    config: [disturbed, { limit, noise, start, end, seed }],
    at(t) {
      const value = valueAt(disturbed, t);
      const inRange = t >= start && (end === undefined || t < end);
      return inRange ? value * (1 + draw(randomStream(subKey(key, Math.floor(t))), limit)) : value;
    },
  });
}

const uniform = (stream: RandomStream, limit: number, i = 0): number => (2 * stream.uniformAt(i) - 1) * limit;

/** Even numbers, taken as often as a normal one falls there: of those within 1, six in seven. */
function normal(stream: RandomStream, limit: number): number {
  for (let i = 0; ; i += 2) {
    const value = uniform(stream, limit, i);
    if (stream.uniformAt(i + 1) < exp(-0.5 * value * value)) return value;
  }
}
