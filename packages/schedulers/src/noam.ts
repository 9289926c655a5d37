import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { REQUIRED } from './required.ts';

/** Options of {@link noam}. */
export interface NoamOptions {
  /** The width of the model, above 0: a wider one learns more slowly (d_model of the paper). */
  dimension: number;
  /** How many steps the rise takes, above 0; may be fractional. */
  warmup: number;
  /** What the whole is multiplied by. @defaultValue 1 (the paper) */
  factor?: number;
}

/**
 * The schedule of the Transformer: a straight rise, then a fall with the square root of the steps.
 *
 *     η(t) = factor · dimension^−½ · min(s^−½, s · warmup^−³ᐟ²)        s = t + 1
 *
 * Vaswani et al. 2017, section 5.3, equation 3 (arXiv:1706.03762). Steps are optimizer steps, counted from 0, where the
 * paper counts from 1: step 0 is not at 0 already, and the highest value, factor / √(dimension · warmup), is at step
 * `warmup` − 1. The fall goes on forever, ever more slowly. Without the width, and from a rate of your own:
 * `inverseSqrt` after `warmup`.
 *
 * @example
 * const rate = noam({ dimension: 4, warmup: 100 });
 * rate.at(0);   // 0.0005
 * rate.at(99);  // 0.05
 * rate.at(399); // 0.025
 *
 * @throws DownhillError `invalid-argument` when `dimension` or `warmup` is not above 0, or a number is not finite.
 */
export function noam(options: NoamOptions): Schedule {
  const { dimension, warmup, factor } = complete('noam', options, { dimension: REQUIRED, warmup: REQUIRED, factor: 1 });
  checkNumber('noam', { dimension }, { above: 0 });
  checkNumber('noam', { warmup }, { above: 0 }, 'Without a warm-up take inverseSqrt.');
  checkNumber('noam', { factor });
  const top = factor / Math.sqrt(dimension);
  return schedule({
    name: 'noam',
    config: { dimension, warmup, factor },
    at: (t) => top * Math.min(1 / Math.sqrt(t + 1), (t + 1) / (warmup * Math.sqrt(warmup))),
  });
}
