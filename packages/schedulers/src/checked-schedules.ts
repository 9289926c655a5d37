import { checkSchedule, DownhillError, show, type ScheduleLike } from '@downhill/core';

/**
 * Checks a list of schedules and copies it, so that a later change of the caller's array changes no schedule.
 *
 * @throws DownhillError `invalid-argument` where there are none, or naming the entry that is no schedule or number.
 */
export function checkedSchedules(source: string, schedules: unknown): readonly ScheduleLike[] {
  if (!Array.isArray(schedules) || schedules.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`schedules\` must be an array with at least one schedule, got ${show(schedules)}`,
      advice: 'Pass for example [0.1, cosine({ from: 1, steps: 1000 })].',
    });
  const list = schedules as readonly ScheduleLike[];
  list.forEach((entry, i) => checkSchedule(source, { [`schedules[${i}]`]: entry }));
  return Object.freeze([...list]);
}
