import { isDownhillError, type Schedule } from '@downhill/core';
import * as schedulers from '@downhill/schedulers';
import { shapeNamed, usualValues, type DialValues } from './shapes.ts';

/** One schedule of a course, with its numbers, and how long it holds. */
export interface Phase {
  readonly shape: string;
  /** What differs from {@link usualValues}. */
  readonly values: DialValues;
  /** Steps until the next phase begins; of the last one, nothing. */
  readonly length: number;
}

/** A course of the learning rate: phases one after the other, after a warm-up. */
export interface Course {
  /** How many steps are run and plotted. */
  readonly steps: number;
  /** 0: none. */
  readonly warmup: number;
  readonly phases: readonly Phase[];
}

export const MOST_PHASES = 4;
export const MOST_STEPS = 400;

export const DEFAULT_COURSE: Course = { steps: 240, warmup: 20, phases: [{ shape: 'cosine', values: {}, length: 100 }] };

/** A schedule, or why the packages refuse it. */
export type Made = { readonly schedule: Schedule } | { readonly problem: string };

const scheduleOfPhase = ({ shape, values }: Phase): Schedule => {
  const found = shapeNamed(shape) ?? shapeNamed('constant');
  if (found === undefined) throw new TypeError('no shapes');
  return found.make({ ...usualValues(found), ...values });
};

/** The first step of each phase but the first, counted without the warm-up. */
const milestonesOf = ({ phases }: Course): readonly number[] =>
  phases.slice(0, -1).map((_, i) => phases.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0));

/** Builds the course out of the real factories: `warmup(sequence([...]))`, or as little of that as it needs. */
export function makeCourse(course: Course): Made {
  try {
    const made = course.phases.map(scheduleOfPhase);
    const [only] = made;
    const whole = made.length === 1 && only !== undefined ? only : schedulers.sequence(made, { milestones: milestonesOf(course) });
    const schedule = course.warmup === 0 ? whole : schedulers.warmup(whole, { steps: course.warmup });
    for (let step = 0; step < course.steps; step += 1)
      if (!Number.isFinite(schedule.at(step))) return { problem: `The schedule has no finite value at step ${step}.` };
    return { schedule };
  } catch (error) {
    if (isDownhillError(error)) return { problem: error.message.replace(/^\[[a-z-]+\] /, '') };
    throw error;
  }
}

/** The values of a schedule at each step. */
export const valuesOf = (schedule: Schedule, steps: number): readonly number[] =>
  Array.from({ length: steps }, (_, step) => schedule.at(step));
