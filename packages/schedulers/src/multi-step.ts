import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { checkedSteps } from './checked-steps.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link multiStep}; the default is that of PyTorch's `MultiStepLR`. */
export interface MultiStepOptions {
  /** The value before the first milestone. */
  from: number;
  /** The steps at which the value changes: whole, at least 0, none below the one before. One that is listed twice counts twice. */
  milestones: readonly number[];
  /** What the value is multiplied by at each milestone, at least 0. @defaultValue 0.1 (PyTorch's `gamma`) */
  factor?: number;
}

/**
 * Multiplied by `factor` at each milestone.
 *
 *     η(t) = from · factor^(number of milestones ≤ t)
 *
 * PyTorch's `MultiStepLR`. The step at a milestone already uses the new value; without milestones the value stays. For
 * values of your own instead of one factor: `piecewise`, or `sequence([0.1, 0.02], { milestones: [30] })`.
 *
 * @example
 * const rate = multiStep({ from: 0.1, milestones: [30, 80], factor: 0.5 });
 * rate.at(30); // 0.05
 * rate.at(80); // 0.025
 *
 * @throws DownhillError `invalid-argument` when a milestone is not a whole number of at least 0 or below the one before, `factor` is below 0, or a number is not finite.
 */
export function multiStep(options: MultiStepOptions): Schedule {
  const { from, milestones, factor } = complete('multiStep', options, { from: REQUIRED, milestones: undefined, factor: 0.1 });
  checkNumber('multiStep', { from });
  checkNumber('multiStep', { factor }, { min: 0 });
  const points = checkedSteps('multiStep', { milestones });
  return schedule({
    name: 'multiStep',
    config: { from, milestones: points, factor },
    at: (t) => from * pow(factor, points.filter((point) => point <= t).length),
  });
}
