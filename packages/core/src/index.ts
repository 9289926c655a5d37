export { DownhillError, isDownhillError, plainMessage, type ErrorCode, type ErrorDetails } from './errors.ts';
export { complete, type Complete } from './complete.ts';
export { checkNumber, checkOneOf, show, type NumberRule } from './check.ts';
export { checkMonitored, monitorDirection, monitored } from './monitor.ts';
export { numberFromJson, numberToJson } from './number-json.ts';
export { memoryStore, type CheckpointStore } from './checkpoint-store.ts';
export { indexedDbStore, type IndexedDbStoreOptions } from './indexed-db-store.ts';
export { pluginJson, type Json, type Plugin, type PluginConfig, type PluginJson } from './plugin.ts';
export {
  augmentation,
  isAugmentation,
  type Augmentation,
  type AugmentationDefinition,
  type Border,
  type ColourEffect,
  type Draws,
  type Effect,
  type EraseEffect,
  type GeometryEffect,
  type ImageSize,
  type Interpolation,
  type Matrix3,
  type MixtureEffect,
  type NeighbourhoodEffect,
  type PointwiseEffect,
} from './augmentation.ts';
export { build, factoryNamed, nearest, register, registeredNames, revive, type Factory } from './registry.ts';
export type { FactoriesIn, PluginFactories } from './plugin-factories.ts';
export {
  checkSchedule,
  controlled,
  controlledIn,
  isSchedule,
  schedule,
  valueAt,
  type Controlled,
  type Schedule,
  type ScheduleDefinition,
  type ScheduleLike,
} from './schedule.ts';
export type { EpochReport, HookAnswer, HookView, KeptTensor, RunPosition, RunStart, StepReport, TrainingHook } from './hook.ts';
export type { Distribution, Expression, Over, Reduction, ValueType } from './expression/node.ts';
export {
  abs,
  add,
  and,
  clamp,
  constant,
  cos,
  count,
  div,
  elementIndex,
  equal,
  exp,
  floor,
  greater,
  greaterEqual,
  isFinite,
  lerp,
  less,
  lessEqual,
  log,
  max,
  maxAbs,
  mean,
  min,
  mul,
  neg,
  norm,
  not,
  or,
  pow,
  randomNormal,
  randomUniform,
  randomUniform16,
  rsqrt,
  select,
  sign,
  sin,
  size,
  sqrt,
  square,
  sub,
  sum,
  sumOfSquares,
  tanh,
  type Operand,
  type RandomOptions,
  type ReduceOptions,
} from './expression/ops.ts';
export { chain, checkTransforms, everySteps, masked, named } from './chain.ts';
export { accepts, checkMask, checkMasksFit, kernelsOnly, type Mask, type MasksFitOptions, type ParameterGroup } from './mask.ts';
export {
  copyOfParameter,
  filledWith,
  isTransform,
  transform,
  zeros,
  zerosIn,
  zerosOver,
  type DemandingGradients,
  type LossAccess,
  type MatrixContext,
  type MatrixOutput,
  type RuleContext,
  type RuleDefinition,
  type RuleOutput,
  type Skipping,
  type Slot,
  type SmallProblem,
  type Statistics,
  type StepInfo,
  type Transform,
  type TransformPart,
  type UpdateOutput,
  type WeightAverage,
  type WeightsOutput,
} from './transform.ts';
export { randomStream, streamKey, subKey, type RandomStream } from './random.ts';
export { threefry2x32, type Key } from './threefry.ts';
export type { ParameterInfo } from './parameter-info.ts';
export { betaFrom, logGammaFrom, type DrawSource } from './beta.ts';
export { pruner, type Pruner, type PrunerDefinition } from './search/pruner.ts';
export { sampler, type DemandingSpace, type Sampler, type SamplerDefinition } from './search/sampler.ts';
export type { FrozenTrial, Report, TrialState } from './search/frozen-trial.ts';
export type {
  CategoricalParameter,
  Choice,
  Condition,
  FixedParameter,
  FloatParameter,
  IntParameter,
  Parameter,
  Parameters,
} from './search/parameter.ts';
export type { Settings, SettingsOf } from './search/settings.ts';
export type { Space } from './search/space.ts';
export type { Direction, StudyView } from './search/study-view.ts';
