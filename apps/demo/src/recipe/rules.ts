import {
  chain,
  DownhillError,
  factoryNamed,
  isSchedule,
  isTransform,
  kernelsOnly,
  nearest,
  register,
  registeredNames,
  type Factory,
  type Schedule,
  type Transform,
} from '@downhill/core';
import { measured } from '@downhill/diagnostics';
import { emaWeights } from '@downhill/ensembles';
import * as optimizers from '@downhill/optimizers';
import * as schedules from '@downhill/schedulers';

/** What decides how a run learns. */
export interface RuleConfig {
  readonly optimizer: string;
  readonly schedule: string;
  /** The schedule's highest value. */
  readonly learningRate: number;
  /** λ of the weight decay: decoupled where the optimizer knows it, else an L2 penalty on its gradient. Biases do not decay. */
  readonly weightDecay: number;
  /** Share of the old average that stays at each step, in the average of the weights that is kept beside them; 0: none is kept. */
  readonly emaDecay: number;
}

/** Makes our optimizers and schedules known by name; a plugin's `register` adds to them. */
export function registerRules(): void {
  const factories = Object.entries({ ...optimizers, ...schedules }).filter(([, item]) => typeof item === 'function');
  register(Object.fromEntries(factories) as Record<string, Factory>);
}

/** The registered factories that make a whole optimizer: they take a `learningRate`. */
export const optimizerNames = (): string[] =>
  registeredNames().filter((name) => trial(() => optimizerFrom(name, { learningRate: 0.01, weightDecay: 0 })) !== undefined);

/** The registered factories that make a schedule of a first value and a number of steps. */
export const scheduleNames = (): string[] => registeredNames().filter((name) => trial(() => scheduleFrom(name, 0.01, 100)) !== undefined);

/** @throws DownhillError `unknown-name` with the nearest name that is known. */
export function checkRuleNames(
  source: string,
  optimizer: Readonly<Record<string, string>>,
  schedule: Readonly<Record<string, string>>,
): void {
  checkName(source, optimizer, optimizerNames());
  checkName(source, schedule, scheduleNames());
}

function checkName(source: string, named: Readonly<Record<string, string>>, known: readonly string[]): void {
  for (const [label, name] of Object.entries(named)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new DownhillError({
      code: 'unknown-name',
      source,
      problem: `\`${label}\` must be one of ${known.join(', ')}, got '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    });
  }
}

/**
 * The whole rule of a run: the gradient clipped, the optimizer, a learning rate that warms up and then follows the schedule, the average of the
 * weights. The kernel takes the norms that meters ask for.
 */
export function transformFor({ optimizer, schedule, learningRate, weightDecay, emaDecay }: RuleConfig, steps: number): Transform {
  const warmUp = Math.ceil(steps * WARM_UP);
  const rate = schedules.warmup(scheduleOf(schedule, learningRate, Math.max(1, steps - warmUp)), { steps: warmUp });
  const rule = optimizerFrom(optimizer, { learningRate: rate, weightDecay });
  if (rule === undefined) throw new DownhillError({ code: 'unknown-name', source: 'recipe', problem: `'${optimizer}' makes no optimizer` });
  const learning = measured(chain(optimizers.clipByGlobalNorm(CLIP), rule));
  return emaDecay === 0 ? learning : chain(learning, emaWeights({ decay: emaDecay, useWarmup: true, warmupPower: 3 / 4 }));
}

/** What an optimizer's own factory takes where nothing is given. */
export function usualNumbers(optimizer: string): { readonly learningRate?: number; readonly weightDecay?: number } {
  const made = trial(() => factoryNamed(optimizer)());
  const { learningRate, weightDecay } = (made?.config ?? {}) as { readonly learningRate?: unknown; readonly weightDecay?: unknown };
  return {
    ...(typeof learningRate === 'number' ? { learningRate } : {}),
    ...(typeof weightDecay === 'number' ? { weightDecay } : {}),
  };
}

const WARM_UP = 0.05; // of all steps
const CLIP = 1;

/** An optimizer, with its own weight decay where it has one. */
function optimizerFrom(
  name: string,
  { learningRate, weightDecay }: { readonly learningRate: number | Schedule; readonly weightDecay: number },
): Transform | undefined {
  const factory = factoryNamed(name);
  const decaying = trial(() => factory({ learningRate, weightDecay, decayMask: kernelsOnly }));
  const made = decaying ?? factory({ learningRate });
  if (!isTransform(made) || !JSON.stringify(made).includes('"learningRate"')) return undefined;
  return decaying !== undefined || weightDecay === 0 ? made : chain(optimizers.decayWeights(weightDecay, kernelsOnly), made);
}

/** What the schedules that do not just take `from` and `steps` are called with. */
const ARGUMENTS: Readonly<Record<string, (from: number, steps: number) => readonly unknown[]>> = {
  constant: (from) => [from],
  step: (from, steps) => [{ from, every: Math.ceil(steps / 3) }],
  multiStep: (from, steps) => [{ from, milestones: [Math.ceil(steps / 2), Math.ceil(steps * 0.75)] }],
  exponential: (from, steps) => [{ from, factor: 0.01, every: steps }],
  inverseSqrt: (from, steps) => [{ from, timescale: Math.ceil(steps * WARM_UP) }],
  inverseTime: (from, steps) => [{ from, rate: 9, every: steps }],
  cosineWarmRestarts: (from, steps) => [{ from, steps: Math.ceil(steps / 3) }],
};

function scheduleFrom(name: string, from: number, steps: number): Schedule | undefined {
  const made = factoryNamed(name)(...(ARGUMENTS[name]?.(from, steps) ?? [{ from, steps }]));
  return isSchedule(made) && [0, steps - 1].every((step) => Number.isFinite(made.at(step))) ? made : undefined;
}

/** @throws DownhillError where the name makes no schedule of a first value and a number of steps */
export function scheduleOf(name: string, from: number, steps: number): Schedule {
  const made = scheduleFrom(name, from, steps);
  if (made === undefined)
    throw new DownhillError({ code: 'unknown-name', source: 'recipe', problem: `'${name}' makes no schedule of a first value and steps` });
  return made;
}

/** A factory called on trial: most refuse arguments that are not theirs. */
function trial<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
