import { show } from '@downhill/core';
import { NotCovered, type Config } from './family.ts';

/**
 * What becomes of a reference's argument: our name for it, our names for the entries of a list, or the only value that
 * ours covers.
 */
export type Argument = string | readonly string[] | { readonly only: unknown };

/** A reference's argument names and what ours are. Every argument that a file may have is named. */
export type Names = Readonly<Record<string, Argument>>;

/** By file name, or by the `kind` of a schedule within another. Rates that are given as factors are multiplied by the base rate. */
export const scheduleNames: Readonly<Record<string, Names>> = {
  constant: { factor: 'factor', total_iters: 'steps' },
  step: { step_size: 'every', gamma: 'factor' },
  multistep: { milestones: 'milestones', gamma: 'factor' },
  exponential: { gamma: 'factor' },
  exponential_staircase: { decay_steps: 'every', decay_rate: 'factor', staircase: 'staircase' },
  inverse_time: { decay_steps: 'every', decay_rate: 'rate', staircase: 'staircase' },
  linear: { start_factor: 'from', end_factor: 'to', total_iters: 'steps' },
  polynomial: { total_iters: 'steps', power: 'power' },
  polynomial_end: { decay_steps: 'steps', end_learning_rate: 'to', power: 'power', cycle: 'cycle' },
  cosine: { T_max: 'steps', eta_min: 'to' },
  cosine_warm_restarts: { T_0: 'steps', T_mult: 'stretch', eta_min: 'to' },
  inverse_sqrt: { warmup_steps: 'steps', init_lr: 'from', timescale: 'timescale' },
  swa_lr: { swa_lr: 'to', anneal_epochs: 'steps', anneal_strategy: 'anneal' },
  sequential: { combine: { only: 'sequential' }, milestones: 'milestones', schedules: 'schedules' },
  warmup_cosine: {
    init_value: 'start',
    peak_value: 'from',
    warmup_steps: 'warmupSteps',
    decay_steps: 'steps',
    end_value: 'to',
    exponent: 'exponent',
  },
};

/** By file name. */
export const transformNames: Readonly<Record<string, Names>> = {
  sgd: { lr: 'learningRate', momentum: 'momentum', dampening: 'dampening', weight_decay: 'weightDecay', nesterov: 'nesterov' },
  sgdw: {
    lr: 'learningRate',
    momentum: 'momentum',
    dampening: 'dampening',
    weight_decay: 'weightDecay',
    nesterov: 'nesterov',
    caution: { only: false },
    corrected_weight_decay: { only: false },
  },
  adagrad: {
    lr: 'learningRate',
    lr_decay: 'rate',
    weight_decay: 'weightDecay',
    initial_accumulator_value: 'initialAccumulator',
    eps: 'epsilon',
  },
  rmsprop: {
    lr: 'learningRate',
    alpha: 'decayRate',
    eps: 'epsilon',
    weight_decay: 'weightDecay',
    momentum: 'momentum',
    centered: 'centered',
  },
  adam: { lr: 'learningRate', betas: ['beta1', 'beta2'], eps: 'epsilon', weight_decay: 'weightDecay', amsgrad: 'amsgrad' },
  adamw: { lr: 'learningRate', betas: ['beta1', 'beta2'], eps: 'epsilon', weight_decay: 'weightDecay', amsgrad: 'amsgrad' },
  lookahead: {
    base: 'base',
    base_config: 'baseConfig',
    k: 'syncPeriod',
    alpha: 'slowStepSize',
    pullback_momentum: 'pullbackMomentum',
  },
  schedulefree_sgd: {
    lr: 'learningRate',
    momentum: 'momentum',
    weight_decay: 'weightDecay',
    r: 'r',
    weight_lr_power: 'weightLrPower',
    warmup_steps: 'warmupSteps',
  },
  schedulefree_adamw: {
    lr: 'learningRate',
    betas: ['beta1', 'beta2'],
    eps: 'epsilon',
    weight_decay: 'weightDecay',
    r: 'r',
    weight_lr_power: 'weightLrPower',
    warmup_steps: 'warmupSteps',
  },
  muon: {
    lr: 'learningRate',
    weight_decay: 'weightDecay',
    momentum: 'momentum',
    nesterov: 'nesterov',
    ns_steps: 'steps',
    ns_coefficients: 'coefficients',
    eps: 'epsilon',
    safety_factor: 'safetyFactor',
    adjust_lr_fn: 'adjustment',
    fallback_lr_scale: 'adamRatio',
    betas: ['beta1', 'beta2'],
  },
  clip_by_value: { lr: 'learningRate', clip_value: 'limit' },
  clip_by_norm: { lr: 'learningRate', max_norm: 'maxNorm', eps: 'epsilon' },
  clip_by_global_norm: { lr: 'learningRate', max_norm: 'maxNorm', eps: 'epsilon' },
};

/**
 * A reference's arguments under our names.
 *
 * @throws NotCovered where an argument has no name here, or a value that ours does not cover.
 */
export function translate(names: Names, config: Config): Record<string, unknown> {
  const missing = Object.keys(names).find((name) => !(name in config));
  if (missing !== undefined) throw new NotCovered(`the config has no \`${missing}\`, and its default is not known here`);
  return Object.fromEntries(Object.entries(config).flatMap(([name, value]) => renamed(name, value, names[name])));
}

function renamed(name: string, value: unknown, argument: Argument | undefined): [string, unknown][] {
  if (argument === undefined) throw new NotCovered(`the argument \`${name}\` has no counterpart`);
  if (typeof argument === 'string') return [[argument, value]];
  if ('only' in argument) {
    if (value !== argument.only) throw new NotCovered(`\`${name}\` is covered only as ${show(argument.only)}, not as ${show(value)}`);
    return [];
  }
  if (!Array.isArray(value) || value.length !== argument.length)
    throw new NotCovered(`\`${name}\` is covered only as a list of ${argument.length}`);
  return argument.map((ours, i) => [ours, value[i]]);
}
