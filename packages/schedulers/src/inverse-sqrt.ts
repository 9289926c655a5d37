import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { REQUIRED } from './required.ts';

/** Options of {@link inverseSqrt}. */
export interface InverseSqrtOptions {
  /** The value at step 0. */
  from: number;
  /** How long the value stays near `from`, in steps, above 0: it is halved after three times as many. fairseq takes the length of the warm-up. */
  timescale: number;
}

/**
 * Falls with the square root of the steps.
 *
 *     η(t) = from · √(timescale / (timescale + t))
 *
 * The schedule of the Transformer (Vaswani et al. 2017, section 5.3, arXiv:1706.03762) after its warm-up, as fairseq and
 * Hugging Face's transformers have it. With a warm-up of n steps: `warmup(inverseSqrt({ from, timescale: n }), { steps: n })`.
 * Steps are optimizer steps, counted from 0; the fall goes on forever, ever more slowly.
 *
 * @example
 * const rate = inverseSqrt({ from: 0.1, timescale: 1000 });
 * rate.at(0);    // 0.1
 * rate.at(3000); // 0.05
 *
 * @throws DownhillError `invalid-argument` when `timescale` is not above 0, or a number is not finite.
 */
export function inverseSqrt(options: InverseSqrtOptions): Schedule {
  const { from, timescale } = complete('inverseSqrt', options, { from: REQUIRED, timescale: REQUIRED });
  checkNumber('inverseSqrt', { from });
  checkNumber(
    'inverseSqrt',
    { timescale },
    { above: 0 },
    'Pass the steps of the warm-up, or the steps after which the fall may begin to tell.',
  );
  return schedule({ name: 'inverseSqrt', config: { from, timescale }, at: (t) => from * Math.sqrt(timescale / (timescale + t)) });
}
