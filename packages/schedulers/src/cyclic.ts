import { checkNumber, checkOneOf, complete, DownhillError, schedule, type Schedule } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { REQUIRED } from './required.ts';

/** Options of {@link cyclic}; words and defaults from PyTorch's `CyclicLR`. */
export interface CyclicOptions {
  /** The value at step 0 and at the foot of each cycle (PyTorch's `base_lr`). */
  from: number;
  /** The value at the top of the first cycle (PyTorch's `max_lr`); below `from` for a momentum. */
  to: number;
  /** How many steps the way up takes, at least 0; may be fractional. With 0 a cycle begins at the top. @defaultValue 2000 (PyTorch's `step_size_up`) */
  up?: number;
  /** How many steps the way down takes, at least 0; may be fractional. With 0 the foot follows at once. @defaultValue as many as `up` (PyTorch's `step_size_down`) */
  down?: number | undefined;
  /** All cycles alike, each half as high as the one before, or lower with each step. @defaultValue 'triangular' (PyTorch) */
  mode?: 'triangular' | 'triangular2' | 'exp_range';
  /** For 'exp_range' alone: what the height is multiplied by with each step, from 0 to 1. @defaultValue 1 (PyTorch's `gamma`) */
  factor?: number | undefined;
}

/**
 * Up and down in straight lines, again and again.
 *
 *     η(t) = from + (to − from) · s · f        s = τ / up while τ ≤ up, then (up + down − τ) / down,  τ = t mod (up + down)
 *
 * with f = 1 ('triangular'), 2^−⌊t / (up + down)⌋ ('triangular2') or factor^t ('exp_range'). Smith 2017 (arXiv:1506.01186);
 * PyTorch's `CyclicLR`. Its momentum, which falls where the rate rises, is a second schedule of the same cycle:
 * `cyclic({ from: 0.9, to: 0.8, ... })`. Steps are optimizer steps, counted from 0; the cycles go on forever.
 *
 * @example
 * const rate = cyclic({ from: 0.01, to: 0.05, up: 10, down: 30 });
 * rate.at(10); // 0.05
 * rate.at(25); // 0.03
 * rate.at(40); // 0.01
 *
 * @throws DownhillError `invalid-argument` when `up` or `down` is below 0 or both are 0, `mode` is another word, `factor` is outside [0, 1] or given with
 * another mode, or a number is not finite.
 */
export function cyclic(options: CyclicOptions): Schedule {
  const defaults = { from: REQUIRED, to: REQUIRED, up: 2000, down: undefined, mode: 'triangular', factor: undefined } as const;
  const { from, to, up, down = up, mode, factor } = complete('cyclic', options, defaults);
  checkNumber('cyclic', { from, to });
  checkNumber('cyclic', { up }, { min: 0 });
  checkNumber('cyclic', { down }, up === 0 ? { above: 0 } : { min: 0 });
  checkOneOf('cyclic', 'mode', mode, ['triangular', 'triangular2', 'exp_range']);
  if (factor !== undefined) checkNumber('cyclic', { factor }, { min: 0, max: 1 });
  if (factor !== undefined && mode !== 'exp_range')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'cyclic',
      problem: `\`factor\` goes with \`mode\` 'exp_range' alone, got ${factor} with '${mode}'`,
      advice: "Leave one of them out: 'triangular2' halves each cycle.",
    });
  const length = up + down;
  const height = {
    triangular: () => 1,
    triangular2: (t: number) => pow(2, -Math.floor(t / length)),
    exp_range: (t: number) => pow(factor ?? 1, t),
  }[mode];
  return schedule({
    name: 'cyclic',
    config: { from, to, up, down, mode, factor },
    at(t) {
      const elapsed = t % length;
      const share = elapsed < up ? elapsed / up : (length - elapsed) / down;
      return from + (to - from) * share * height(t);
    },
  });
}
