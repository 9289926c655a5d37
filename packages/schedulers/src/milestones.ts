import { checkNumber, DownhillError, show } from '@downhill/core';

/**
 * Checks a list of steps and copies it, so that a later change of the caller's array changes no schedule.
 *
 * @throws DownhillError `invalid-argument` naming the list, or the entry of it that is no whole step.
 */
export function checkedMilestones(source: string, milestones: unknown): readonly number[] {
  if (!Array.isArray(milestones))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`milestones\` must be an array of steps, got ${show(milestones)}`,
      advice: 'Pass for example [1000, 2000].',
    });
  milestones.forEach((milestone: unknown, i) => checkNumber(source, { [`milestones[${i}]`]: milestone }, { min: 0, integer: true }));
  return Object.freeze([...(milestones as readonly number[])]);
}
