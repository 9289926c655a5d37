import { checkNumber, schedule, type Schedule } from '@downhill/core';

/**
 * The same value at every step.
 *
 *     η(t) = value
 *
 * Wherever a schedule is taken, a plain number says the same. PyTorch's `ConstantLR`, a smaller rate for the first `n`
 * steps, is `sequence([factor * rate, rate], { milestones: [n] })`.
 *
 * @example
 * const rate = constant(0.01);
 * rate.at(0);    // 0.01
 * rate.at(5000); // 0.01
 *
 * @throws DownhillError `invalid-argument` when `value` is not a finite number.
 */
export function constant(value: number): Schedule {
  checkNumber('constant', { value });
  return schedule({ name: 'constant', config: [value], at: () => value });
}
