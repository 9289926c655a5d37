import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { REQUIRED } from './required.ts';

/** Options of {@link step}; the default is that of PyTorch's `StepLR`. */
export interface StepOptions {
  /** The value of the first `every` steps. */
  from: number;
  /** How many steps a value lasts, above 0; where it is fractional the value falls at the first whole step after (timm's `decay_t`). */
  every: number;
  /** What the value is multiplied by after each `every` steps, at least 0. @defaultValue 0.1 (PyTorch's `gamma`) */
  factor?: number;
}

/**
 * Multiplied by `factor` after every `every` steps.
 *
 *     η(t) = from · factor^⌊t / every⌋
 *
 * PyTorch's `StepLR`, timm's `StepLRScheduler`, Keras' `ExponentialDecay` with `staircase`. Steps are optimizer steps, counted from 0; the fall
 * goes on forever. At uneven steps: {@link multiStep}.
 *
 * @example
 * const rate = step({ from: 0.1, every: 30, factor: 0.5 });
 * rate.at(29); // 0.1
 * rate.at(30); // 0.05
 *
 * @throws DownhillError `invalid-argument` when `every` is not above 0, `factor` is below 0, or a number is not finite.
 */
export function step(options: StepOptions): Schedule {
  const { from, every, factor } = complete('step', options, { from: REQUIRED, every: REQUIRED, factor: 0.1 });
  checkNumber('step', { from });
  checkNumber('step', { every }, { above: 0 }, 'Pass batches per epoch × epochs.');
  checkNumber('step', { factor }, { min: 0 });
  return schedule({ name: 'step', config: { from, every, factor }, at: (t) => from * pow(factor, Math.floor(t / every)) });
}
