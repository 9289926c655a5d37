import { show } from '@downhill/core';
import { NotCovered, type Config } from './family.ts';

/**
 * What becomes of a reference's argument: our name for it, our names for the entries of a list, or the only value that
 * ours covers.
 */
export type Argument = string | readonly string[] | { readonly only: unknown };

/** A reference's argument names and what ours are. Every argument that a file may have is named. */
export type Names = Readonly<Record<string, Argument>>;

const timmWarmup: Names = { warmup_t: 'warmup', warmup_lr_init: 'start', warmup_prefix: 'prefix' };

const timmCycles: Names = {
  ...timmWarmup,
  t_initial: 'steps',
  lr_min: 'to',
  cycle_mul: 'stretch',
  cycle_decay: 'decay',
  cycle_limit: 'limit',
};

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
  chained: { combine: { only: 'chained' }, schedules: 'schedules' },
  cyclic: {
    base_lr: 'from',
    max_lr: 'to',
    step_size_up: 'up',
    step_size_down: 'down',
    mode: 'mode',
    gamma: 'factor',
    scale_fn: { only: null },
    scale_mode: { only: 'cycle' }, // PyTorch reads it for a function alone
    cycle_momentum: 'momentum',
    base_momentum: 'low',
    max_momentum: 'high',
  },
  noam: { model_dim: 'dimension', warmup_steps: 'warmup' },
  one_cycle: {
    max_lr: 'peak',
    total_steps: 'steps',
    epochs: 'epochs',
    steps_per_epoch: 'stepsPerEpoch',
    pct_start: 'rise',
    anneal_strategy: 'anneal',
    div_factor: 'divideFirst',
    final_div_factor: 'divideLast',
    three_phase: 'threePhase',
    cycle_momentum: 'momentum',
    base_momentum: 'low',
    max_momentum: 'high',
  },
  reduce_on_plateau: {
    mode: 'mode',
    factor: 'factor',
    patience: 'patience',
    threshold: 'threshold',
    threshold_mode: 'thresholdMode',
    cooldown: 'cooldown',
    min_lr: 'min',
    eps: 'epsilon',
  },
  rex: { total_steps: 'steps', max_lr: 'from', min_lr: 'to' },
  timm_cosine: { ...timmCycles, k_decay: 'power' },
  timm_poly: { ...timmCycles, k_decay: 'power', power: 'exponent' },
  timm_tanh: { ...timmCycles, lb: 'lower', ub: 'upper' },
  timm_step: { ...timmWarmup, decay_t: 'every', decay_rate: 'factor' },
  timm_multistep: { ...timmWarmup, decay_t: 'milestones', decay_rate: 'factor' },
  wsd: {
    num_warmup_steps: 'warmup',
    num_stable_steps: 'stable',
    num_decay_steps: 'decay',
    min_lr_ratio: 'ratio',
    num_cycles: { only: 0.5 },
    cooldown_type: 'shape',
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
  adadelta: { lr: 'learningRate', rho: 'decayRate', eps: 'epsilon', weight_decay: 'weightDecay' },
  adamax: { lr: 'learningRate', betas: ['beta1', 'beta2'], eps: 'epsilon', weight_decay: 'weightDecay' },
  amsgrad: { lr: 'learningRate', betas: ['beta1', 'beta2'], eps: 'epsilon', weight_decay: 'weightDecay', amsgrad: { only: true } },
  nadam: {
    lr: 'learningRate',
    betas: ['beta1', 'beta2'],
    eps: 'epsilon',
    weight_decay: 'weightDecay',
    momentum_decay: 'momentumDecay',
  },
  nadamw: {
    lr: 'learningRate',
    betas: ['beta1', 'beta2'],
    eps: 'epsilon',
    weight_decay: 'weightDecay',
    caution: { only: false },
    corrected_weight_decay: { only: false },
  },
  radam: { lr: 'learningRate', betas: ['beta1', 'beta2'], eps: 'epsilon', weight_decay: 'weightDecay' },
  asgd: { lr: 'learningRate', lambd: 'decay', alpha: 'power', t0: 'averageFrom', weight_decay: 'weightDecay' },
  rprop: { lr: 'learningRate', etas: ['shrink', 'grow'], step_sizes: ['minStep', 'maxStep'] },
  rmsprop_tf: {
    lr: 'learningRate',
    alpha: 'decayRate',
    eps: 'epsilon',
    weight_decay: 'weightDecay',
    momentum: 'momentum',
    centered: 'centered',
    decoupled_decay: 'decoupledDecay',
    corrected_weight_decay: { only: false },
    lr_in_momentum: 'rateInMomentum',
    caution: { only: false },
  },
  adafactor: {
    lr: 'learningRate',
    eps: 'epsilon1',
    eps_scale: 'epsilon2',
    clip_threshold: 'clipThreshold',
    decay_rate: 'beta2Decay',
    betas: 'betas',
    weight_decay: 'weightDecay',
    scale_parameter: 'scaleParameter',
    warmup_init: { only: false },
    min_dim_size_to_factor: 'minDimSizeToFactor',
    caution: { only: false },
  },
  ftrl: { lr: 'learningRate', lr_power: 'learningRatePower', beta: 'beta', lambda_1: 'l1', lambda_2: 'twiceL2' },
  lion: {
    lr: 'learningRate',
    betas: ['beta1', 'beta2'],
    weight_decay: 'weightDecay',
    caution: { only: false },
    corrected_weight_decay: { only: false },
  },
  lamb: {
    lr: 'learningRate',
    bias_correction: 'biasCorrection',
    betas: ['beta1', 'beta2'],
    eps: 'epsilon',
    weight_decay: 'weightDecay',
    grad_averaging: 'gradAveraging',
    max_grad_norm: 'maxGradNorm',
    trust_clip: 'trustClip',
    always_adapt: 'alwaysAdapt',
    caution: { only: false },
    decoupled_decay: 'decoupledDecay',
    corrected_weight_decay: { only: false },
  },
  lars: {
    lr: 'learningRate',
    momentum: 'momentum',
    dampening: 'dampening',
    weight_decay: 'weightDecay',
    nesterov: 'nesterov',
    trust_coeff: 'trustCoefficient',
    eps: 'epsilon',
    trust_clip: 'trustClip',
    always_adapt: 'alwaysAdapt',
  },
  adaptive_clip: { lr: 'learningRate', clip_factor: 'clipFactor', eps: 'epsilon', unit_axis: 'unitAxis' },
  gradient_centralization: { lr: 'learningRate', unit_axis: 'unitAxis' },
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
