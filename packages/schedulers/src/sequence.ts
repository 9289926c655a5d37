import { complete, DownhillError, schedule, show, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { checkedSchedules } from './checked-schedules.ts';
import { checkedSteps } from './checked-steps.ts';

/** Options of {@link sequence}. */
export interface SequenceOptions {
  /**
   * The steps at which the next schedule takes over: whole, at least 0, one fewer than there are schedules, and none below
   * the one before. Two that are equal leave the schedule between them out.
   */
  milestones: readonly number[];
}

/**
 * One schedule after the other, each from its own step 0; the last one stays.
 *
 *     η(t) = scheduleᵢ(t − milestoneᵢ₋₁)    where milestoneᵢ₋₁ ≤ t < milestoneᵢ
 *
 * PyTorch's `SequentialLR`. A plain number stands for a constant. Steps are optimizer steps, counted from 0.
 *
 * @example
 * const rate = sequence([0.001, linear({ from: 0.1, steps: 100 })], { milestones: [20] });
 * rate.at(19); // 0.001
 * rate.at(20); // 0.1
 *
 * @throws DownhillError `invalid-argument` when an entry is no schedule or number, or the milestones are too many, too few, falling or not whole.
 */
export function sequence(schedules: readonly ScheduleLike[], options: SequenceOptions): Schedule {
  const phases = checkedSchedules('sequence', schedules);
  const { milestones } = complete('sequence', options, { milestones: undefined });
  const starts = checkedSteps('sequence', { milestones });
  if (starts.length !== phases.length - 1)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'sequence',
      problem: `\`milestones\` must have one step fewer than there are schedules (${phases.length - 1}), got ${show(starts)}`,
      advice: 'Pass for example sequence([a, b, c], { milestones: [1000, 5000] }).',
    });
  return schedule({
    name: 'sequence',
    config: [phases, { milestones: starts }],
    at(t) {
      const past = starts.filter((start) => start <= t).length;
      return valueAt(phases[past] ?? 0, t - (starts[past - 1] ?? 0));
    },
  });
}
