import { factoryNamed, isTransform, nearest, DownhillError, type Transform } from '@downhill/core';
import { optimizerNames, registerRules, scheduleOf, scheduleNames } from '../../recipe/rules.ts';
import { SURFACES } from './surfaces.ts';

/** A rule's options that are numbers or switches, by name. */
export type Numbers = Readonly<Record<string, number | boolean>>;

/** An optimizer in a race. */
export interface Racer {
  readonly rule: string;
  /** What differs from {@link usualNumbers}. */
  readonly numbers: Numbers;
}

/** Learning rates at which rules get somewhere on these surfaces within a few hundred steps; others start at their own. */
const RATES: Readonly<Record<string, number>> = {
  adagrad: 0.5,
  rmsprop: 0.05,
  adam: 0.1,
  adamw: 0.1,
};

/** Rules whose step grows with the gradient: their rate is the surface's. */
const PLAIN: ReadonlySet<string> = new Set(['sgd', 'nesterovLookAhead']);

/** The rate of such rules on a visitor's own formula. */
export const OWN_RATE = 0.02;

const rateOf = (rule: string, surface: string): number | undefined =>
  PLAIN.has(rule) ? (SURFACES.find(({ id }) => id === surface)?.rate ?? OWN_RATE) : RATES[rule];

/** Rules that say nothing on a plane: they are for matrices or do what another one does. */
const HIDDEN: ReadonlySet<string> = new Set(['scaleByLearningRate', 'sgdw']);

let known = false;

/** The optimizers that the packages export, less those that a race does not show. */
export function ruleNames(): readonly string[] {
  makeKnown();
  return optimizerNames().filter((name) => !HIDDEN.has(name));
}

/** The schedules of a first value and a number of steps. */
export function rateSchedules(): readonly string[] {
  makeKnown();
  return scheduleNames();
}

function makeKnown(): void {
  if (!known) registerRules();
  known = true;
}

/** The options of a rule that a visitor can turn, at their values in a race on a surface. */
export function usualNumbers(rule: string, surface: string): Numbers {
  const { config } = made(rule, {});
  const turned = Object.entries(config as Record<string, unknown>).filter(
    ([, value]) => typeof value === 'number' || typeof value === 'boolean',
  );
  const rate = rateOf(rule, surface);
  return { ...(Object.fromEntries(turned) as Numbers), ...(rate === undefined ? {} : { learningRate: rate }) };
}

/** What decides a racer's numbers beside its own. */
export interface RateCourse {
  readonly surface: string;
  readonly schedule: string;
  readonly steps: number;
}

/**
 * The transform of a racer.
 *
 * @throws DownhillError where the packages refuse a number, or `unknown-name` with the nearest name.
 */
export function transformOf({ rule, numbers }: Racer, { surface, schedule, steps }: RateCourse): Transform {
  const all = { ...usualNumbers(rule, surface), ...numbers };
  const { learningRate } = all;
  if (schedule === 'constant' || typeof learningRate !== 'number') return made(rule, all);
  return made(rule, { ...all, learningRate: scheduleOf(schedule, learningRate, steps) });
}

function made(rule: string, options: Readonly<Record<string, unknown>>): Transform {
  const names = ruleNames();
  if (!names.includes(rule)) {
    const near = nearest(rule, names);
    throw new DownhillError({
      code: 'unknown-name',
      source: 'race',
      problem: `there is no optimizer '${rule}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    });
  }
  const transform = factoryNamed(rule)(options);
  if (!isTransform(transform)) throw new DownhillError({ code: 'unknown-name', source: 'race', problem: `'${rule}' makes no optimizer` });
  return transform;
}
