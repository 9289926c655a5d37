import { checkNumber, checkOneOf, complete, DownhillError, schedule, type Schedule } from '@downhill/core';
import { cos, pow } from '@downhill/core/math';
import { blend } from './blend.ts';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** How {@link warmupStableDecay} falls. */
export type DecayShape = '1-sqrt' | 'linear' | '1-square' | 'cosine' | 'exponential';

/** What is left of the height after a share of the way down. */
const SHAPES: Readonly<Record<DecayShape, (share: number) => number>> = {
  '1-sqrt': (share) => 1 - Math.sqrt(share),
  linear: (share) => 1 - share,
  '1-square': (share) => 1 - share * share,
  cosine: (share) => 0.5 * (1 + cos(Math.PI * share)),
  exponential: (share) => (pow(0.1, share) - 0.1) / 0.9,
};

/** Options of {@link warmupStableDecay}; defaults from timm's `WSDLRScheduler`. */
export interface WarmupStableDecayOptions {
  /** The value between the rise and the fall. */
  peak: number;
  /** Optimizer steps of the whole run: whole, at least 1. */
  steps: number;
  /** How many of them the fall takes, at least 0; may be fractional, as 0.1 · run is. */
  decay: number;
  /** How many of them the rise takes, at least 0; may be fractional. @defaultValue 0 (timm's `warmup_t`) */
  warmup?: number;
  /** The value at step 0 where there is a rise. @defaultValue 0 (timm's `warmup_lr_init`) */
  from?: number;
  /** The value from step `steps` on. @defaultValue 0 (timm's `lr_min`) */
  to?: number;
  /** The way down; 'exponential' is the one to a tenth, stretched to reach the end. @defaultValue '1-sqrt' (timm's `decay_fn`) */
  shape?: DecayShape;
}

/**
 * A rise, a long stay, and a fall at the end of the run: what can go on from the stay, if there is more to train.
 *
 *     η(t) = from + (peak − from) · t / warmup      while t < warmup
 *     η(t) = peak                                   while t < steps − decay
 *     η(t) = to + (peak − to) · shape(q)            q = (t − (steps − decay)) / decay,    from `steps` on `to`
 *
 * Hu et al. 2024, section 4 (arXiv:2404.06395), who let the fall take a tenth of the run; for 1 − √q Hägele et al. 2024
 * (arXiv:2405.18392). Steps are optimizer steps, counted from 0: the last step, `steps` − 1, is one short of `to`. A phase of no
 * steps is left out. For a stay that falls (timm's `stable_fn`) multiply it: `product([rate, inverseSqrt({ ... })])`.
 *
 * @example
 * const rate = warmupStableDecay({ peak: 0.1, steps: 1000, warmup: 50, decay: 200, shape: 'linear' });
 * rate.at(25);  // 0.05
 * rate.at(800); // 0.1
 * rate.at(900); // 0.05
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, `warmup` and `decay` are below 0 or together longer than the
 * run, `shape` is another word, or a number is not finite.
 */
export function warmupStableDecay(options: WarmupStableDecayOptions): Schedule {
  const required = { peak: REQUIRED, steps: REQUIRED, decay: REQUIRED };
  const config = complete('warmupStableDecay', options, { ...required, warmup: 0, from: 0, to: 0, shape: '1-sqrt' } as const);
  const { peak, steps, decay, warmup, from, to, shape } = config;
  checkNumber('warmupStableDecay', { peak, from, to });
  checkLength('warmupStableDecay', { steps });
  checkNumber('warmupStableDecay', { warmup, decay }, { min: 0, max: steps }, 'No phase is longer than the run.');
  checkOneOf('warmupStableDecay', 'shape', shape, Object.keys(SHAPES));
  if (warmup + decay > steps)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'warmupStableDecay',
      problem: `\`warmup\` and \`decay\` must fit in the run of ${steps} steps together, got ${warmup} and ${decay}`,
      advice: 'Shorten one of them; what is left is the stay.',
    });
  const fall = steps - decay;
  const left = SHAPES[shape];
  return schedule({
    name: 'warmupStableDecay',
    config,
    at(t) {
      if (t < warmup) return blend(peak, from, t / warmup);
      if (t < fall) return peak;
      return t < steps ? blend(peak, to, left((t - fall) / decay)) : to;
    },
  });
}
