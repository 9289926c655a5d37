import {
  chain,
  DownhillError,
  factoryNamed,
  isSchedule,
  isTransform,
  kernelsOnly,
  register,
  registeredNames,
  revive,
  type Factory,
  type Schedule,
  type Transform,
} from '@downhill/core';
import { measured } from '@downhill/diagnostics';
import { emaWeights } from '@downhill/ensembles';
import * as optimizers from '@downhill/optimizers';
import * as schedules from '@downhill/schedulers';
import { checkPlugin, trial, type PluginOptions } from './check-plugin.ts';

/** What decides how a run learns. */
export interface RuleConfig {
  readonly optimizer: string;
  /** What the optimizer takes beside the learning rate and the weight decay. @defaultValue its own defaults */
  readonly optimizerOptions?: PluginOptions;
  readonly schedule: string;
  /** What the schedule takes beside its first value. @defaultValue its own defaults, and the steps of the run */
  readonly scheduleOptions?: PluginOptions;
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

const TRIAL = { learningRate: 0.01, weightDecay: 0 };
const TRIAL_STEPS = 100;

/** The registered factories that make a whole optimizer: they take a `learningRate`. */
export const optimizerNames = (): string[] => registeredNames().filter((name) => trial(() => optimizerFrom(name, TRIAL)) !== undefined);

/** The registered factories that make a schedule of a first value and a number of steps. */
export const scheduleNames = (): string[] =>
  registeredNames().filter((name) => trial(() => scheduleFrom(name, TRIAL.learningRate, TRIAL_STEPS)) !== undefined);

/**
 * Checks that the rules of a config can be made.
 *
 * @throws DownhillError `unknown-name` with the nearest name that is known, `invalid-argument` for options that a factory refuses.
 */
export function checkRules(source: string, config: RuleConfig, label: (key: keyof RuleConfig) => string): void {
  checkPlugin(source, {
    label: label('optimizer'),
    name: config.optimizer,
    optionsLabel: label('optimizerOptions'),
    options: config.optimizerOptions,
    names: optimizerNames,
    elsewhere: { learningRate: label('learningRate'), weightDecay: label('weightDecay') },
    make: () => optimizerFrom(config.optimizer, TRIAL, config.optimizerOptions),
  });
  checkPlugin(source, {
    label: label('schedule'),
    name: config.schedule,
    optionsLabel: label('scheduleOptions'),
    options: config.scheduleOptions,
    names: scheduleNames,
    elsewhere: Object.fromEntries(rateOptions(config.schedule).map((option) => [option, label('learningRate')])),
    make: () => scheduleFrom(config.schedule, TRIAL.learningRate, TRIAL_STEPS, config.scheduleOptions),
  });
}

/**
 * The whole rule of a run: the gradient clipped, the optimizer, a learning rate that warms up and then follows the schedule, the average of the
 * weights. The kernel takes the norms that meters ask for.
 */
export function transformFor(config: RuleConfig, steps: number): Transform {
  const { optimizer, optimizerOptions, schedule, scheduleOptions, learningRate, weightDecay, emaDecay } = config;
  const warmUp = Math.ceil(steps * WARM_UP);
  const rate = schedules.warmup(scheduleOf(schedule, learningRate, Math.max(1, steps - warmUp), scheduleOptions), { steps: warmUp });
  const rule = optimizerFrom(optimizer, { learningRate: rate, weightDecay }, optimizerOptions);
  if (rule === undefined) throw new DownhillError({ code: 'unknown-name', source: 'recipe', problem: `'${optimizer}' makes no optimizer` });
  const learning = measured(chain(optimizers.clipByGlobalNorm(CLIP), rule));
  return emaDecay === 0 ? learning : chain(learning, emaWeights({ decay: emaDecay, useWarmup: true, warmupPower: 3 / 4 }));
}

/** What an optimizer's own factory takes where nothing is given. */
export function usualNumbers(
  optimizer: string,
  options: PluginOptions = {},
): { readonly learningRate?: number; readonly weightDecay?: number } {
  const made = trial(() => factoryNamed(optimizer)(revive(options)));
  const { learningRate, weightDecay } = (made?.config ?? {}) as { readonly learningRate?: unknown; readonly weightDecay?: unknown };
  return {
    ...(typeof learningRate === 'number' ? { learningRate } : {}),
    ...(typeof weightDecay === 'number' ? { weightDecay } : {}),
  };
}

const WARM_UP = 0.05; // of all steps
const CLIP = 1;

/** An optimizer, with its own weight decay where it has one; none where the factory makes something else. */
function optimizerFrom(
  name: string,
  { learningRate, weightDecay }: { readonly learningRate: number | Schedule; readonly weightDecay: number },
  options: PluginOptions = {},
): Transform | undefined {
  const factory = factoryNamed(name);
  const own = revive(options) as object;
  const trialled = trial(() => factory({ ...own, learningRate, weightDecay, decayMask: kernelsOnly }));
  const decaying = trialled !== undefined && 'decayMask' in trialled.config ? trialled : undefined; // some take what they do not know
  const made = decaying ?? factory({ ...own, learningRate });
  if (!isTransform(made) || !JSON.stringify(made).includes('"learningRate"')) return undefined;
  return decaying !== undefined || weightDecay === 0 ? made : chain(optimizers.decayWeights(weightDecay, kernelsOnly), made);
}

/** What the schedules that do not just take `from` and `steps` are called with; the rate is the highest that they come to. */
const ARGUMENTS: Readonly<Record<string, (rate: number, steps: number) => number | PluginOptions>> = {
  constant: (rate) => rate,
  step: (from, steps) => ({ from, every: Math.ceil(steps / 3) }),
  multiStep: (from, steps) => ({ from, milestones: [Math.ceil(steps / 2), Math.ceil(steps * 0.75)] }),
  piecewise: (rate, steps) => ({ boundaries: [Math.ceil(steps / 2), Math.ceil(steps * 0.75)], values: [rate, rate / 10, rate / 100] }),
  exponential: (from, steps) => ({ from, factor: 0.01, every: steps }),
  naturalExp: (from, steps) => ({ from, rate: 4.6, every: steps }), // to a hundredth
  inverseSqrt: (from, steps) => ({ from, timescale: Math.ceil(steps * WARM_UP) }),
  inverseTime: (from, steps) => ({ from, rate: 9, every: steps }),
  noam: (rate, steps) => ({ dimension: 1, warmup: steps * WARM_UP, factor: rate * Math.sqrt(steps * WARM_UP) }),
  cosineWarmRestarts: (from, steps) => ({ from, steps: Math.ceil(steps / 3) }),
  cyclic: (to, steps) => ({ from: to / 10, to, up: steps / 8 }),
  oneCycle: (peak, steps) => ({ peak, steps }),
  warmupStableDecay: (peak, steps) => ({ peak, steps, decay: steps / 5 }),
};

const argumentsOf = (name: string, rate: number, steps: number): number | PluginOptions =>
  ARGUMENTS[name]?.(rate, steps) ?? { from: rate, steps };

/** The options of a schedule that are the learning rate. */
const rateOptions = (name: string): string[] =>
  Object.entries(argumentsOf(name, TRIAL.learningRate, TRIAL_STEPS))
    .filter(([, value]) => value === TRIAL.learningRate)
    .map(([option]) => option);

function scheduleFrom(name: string, from: number, steps: number, options: PluginOptions = {}): Schedule | undefined {
  const usual = argumentsOf(name, from, steps);
  if (typeof usual === 'number' && Object.keys(options).length > 0)
    throw new DownhillError({ code: 'invalid-argument', source: name, problem: 'takes no options' });
  const made = factoryNamed(name)(typeof usual === 'number' ? usual : { ...usual, ...(revive(options) as object) });
  return isSchedule(made) && [0, steps - 1].every((step) => Number.isFinite(made.at(step))) ? made : undefined;
}

/** @throws DownhillError where the name makes no schedule of a first value and a number of steps */
export function scheduleOf(name: string, from: number, steps: number, options?: PluginOptions): Schedule {
  const made = scheduleFrom(name, from, steps, options);
  if (made === undefined)
    throw new DownhillError({ code: 'unknown-name', source: 'recipe', problem: `'${name}' makes no schedule of a first value and steps` });
  return made;
}
