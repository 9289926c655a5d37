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

/**
 * The table of what a race changes on rules: numbers with which they get somewhere on these surfaces within a few hundred steps, one at a time. A rule that is
 * not here starts with its own; one that the packages do not have is not shown.
 */
const USUAL: Readonly<Record<string, Numbers>> = {
  adafactor: { learningRate: 0.1 },
  adagrad: { learningRate: 0.5 },
  adam: { learningRate: 0.1 },
  adamax: { learningRate: 0.1 },
  adamw: { learningRate: 0.1 },
  amsgrad: { learningRate: 0.1 },
  bfgs: { maxIterations: 1 },
  ftrl: { learningRate: 0.5 },
  lamb: { learningRate: 0.05 },
  lbfgs: { maxIterations: 1 },
  lion: { learningRate: 0.05 },
  nadam: { learningRate: 0.1 },
  nadamw: { learningRate: 0.1 },
  newton: { maxIterations: 1, hessianEvery: 1 },
  rmsprop: { learningRate: 0.05 },
  rmspropTf: { learningRate: 0.05 },
  rprop: { learningRate: 0.05 },
  scheduleFreeAdamw: { learningRate: 0.1 },
};

/** Rules whose step, or at least whose first one (radam), grows with the gradient: their rate is the surface's. */
const PLAIN: ReadonlySet<string> = new Set(['asgd', 'nesterovLookAhead', 'radam', 'sam', 'scheduleFreeSgd', 'sgd', 'sgdw']);

/** The rate of such rules on a visitor's own formula. */
export const OWN_RATE = 0.02;

function changedNumbers(rule: string, surface: string): Numbers {
  if (!PLAIN.has(rule)) return USUAL[rule] ?? {};
  return { learningRate: SURFACES.find(({ id }) => id === surface)?.rate ?? OWN_RATE };
}

/** Rules that say nothing of themselves on a plane: they are for matrices, and leave a vector to another rule. */
const HIDDEN: ReadonlySet<string> = new Set(['muon']);

/** The result of a call that always gives the same: kept, for a page asks often and the answer takes trial builds. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const makeKnown = once(registerRules);

/** The optimizers that the packages export, less those that a race does not show. */
export const ruleNames: () => readonly string[] = once(() => {
  makeKnown();
  return optimizerNames().filter((name) => !HIDDEN.has(name));
});

/** The schedules of a first value and a number of steps. */
export const rateSchedules: () => readonly string[] = once(() => {
  makeKnown();
  return scheduleNames();
});

const turnable = new Map<string, Numbers>();

/** The options of a rule that a visitor can turn, at their values in a race on a surface. */
export function usualNumbers(rule: string, surface: string): Numbers {
  const numbers = turnable.get(rule) ?? numbersOf(made(rule, {}));
  turnable.set(rule, numbers);
  return { ...numbers, ...changedNumbers(rule, surface) };
}

const numbersOf = ({ config }: Transform): Numbers =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean')) as Numbers;

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
