import { checkNumber, checkOneOf, checkSchedule, complete, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { cos } from '@downhill/core/math';
import { blend } from './blend.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link swaLearningRate}; names and defaults from PyTorch's `SWALR` where it has them. */
export interface SwaLearningRateOptions {
  /** The constant rate at which the weights are averaged (PyTorch's `swa_lr`). */
  to: number;
  /** The step at which the way down begins: that of `swaWeights`. Whole, at least 0. */
  start: number;
  /** How many steps the way down takes: whole, at least 0 (PyTorch's `anneal_epochs`, 10 of its steps unless told otherwise). */
  steps: number;
  /** Along half a cosine or a line. @defaultValue 'cos' (PyTorch's `anneal_strategy`) */
  anneal?: 'cos' | 'linear';
}

/**
 * A schedule up to a step, then from its value there to a constant rate: what stochastic weight averaging trains with.
 *
 *     η(t) = before(t)                                  while t < start
 *     η(t) = before(start) (1 − a) + to · a             a = (1 − cos(π s)) / 2, or a = s,  with s = min((t − start) / steps, 1)
 *
 * PyTorch's `SWALR`, in closed form; Izmailov et al. 2018, section 3.2 (arXiv:1803.05407). Steps are optimizer steps, counted from 0.
 *
 * @example
 * const rate = swaLearningRate(0.1, { to: 0.05, start: 100, steps: 10, anneal: 'linear' });
 * rate.at(99);  // 0.1
 * rate.at(105); // 0.075
 * rate.at(200); // 0.05
 *
 * @throws DownhillError `invalid-argument` when `before` is no schedule or number, `start` or `steps` is not a whole number of at least 0, `anneal` is another
 * word, or `to` is not finite.
 */
export function swaLearningRate(before: ScheduleLike, options: SwaLearningRateOptions): Schedule {
  checkSchedule('swaLearningRate', { before });
  const { to, start, steps, anneal } = complete('swaLearningRate', options, {
    to: REQUIRED,
    start: REQUIRED,
    steps: REQUIRED,
    anneal: 'cos',
  } as const);
  checkNumber('swaLearningRate', { to });
  checkNumber('swaLearningRate', { start, steps }, { min: 0, integer: true }, 'Pass batches per epoch × epochs.');
  checkOneOf('swaLearningRate', 'anneal', anneal, ['cos', 'linear']);
  return schedule({
    name: 'swaLearningRate',
    config: [before, { to, start, steps, anneal }],
    at(t) {
      if (t < start) return valueAt(before, t);
      const share = t - start < steps ? (t - start) / steps : 1;
      return blend(valueAt(before, start), to, anneal === 'cos' ? 0.5 * (1 + cos(Math.PI * share)) : 1 - share);
    },
  });
}
