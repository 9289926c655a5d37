export {
  pruner,
  sampler,
  type CategoricalParameter,
  type Choice,
  type Condition,
  type Direction,
  type FixedParameter,
  type FloatParameter,
  type FrozenTrial,
  type IntParameter,
  type Parameter,
  type Parameters,
  type Pruner,
  type PrunerDefinition,
  type Report,
  type Sampler,
  type SamplerDefinition,
  type Settings,
  type SettingsOf,
  type Space,
  type StudyView,
  type TrialState,
} from '@downhill/core';
export { space } from './space/space.ts';
export { float, type FloatOptions } from './space/float.ts';
export { int, type IntOptions } from './space/int.ts';
export { categorical } from './space/categorical.ts';
export { fixed } from './space/fixed.ts';
export { when, type ConditionInput } from './space/when.ts';
export type { ParameterInput } from './space/checked-parameter.ts';
export { settingAt } from './space/setting-at.ts';
export { unitOf } from './space/unit-of.ts';
export { valueCount } from './space/value-count.ts';
export { checkPartialSettings, checkSettings } from './space/check-settings.ts';
export { spaceDifferences } from './space/space-differences.ts';
export { mapSettings } from './samplers/map-settings.ts';
export { grid, type GridOptions } from './samplers/grid.ts';
export { halton } from './samplers/halton.ts';
export { latinHypercube, type LatinHypercubeOptions } from './samplers/latin-hypercube.ts';
export { random } from './samplers/random.ts';
export { sobol } from './samplers/sobol.ts';
export type { ScrambleOptions } from './samplers/scramble-options.ts';
export { samplers } from './samplers/samplers.ts';
export type { Sequence } from './samplers/sequences/sequence.ts';
export { haltonSequence } from './samplers/sequences/halton-sequence.ts';
export { latinHypercubeSequence } from './samplers/sequences/latin-hypercube-sequence.ts';
export { sobolSequence } from './samplers/sequences/sobol-sequence.ts';
export { asha, type AshaOptions } from './pruners/asha.ts';
export { hyperband, hyperbandBracketOf, hyperbandShares, type HyperbandOptions, type HyperbandSharesOptions } from './pruners/hyperband.ts';
export {
  hyperbandBrackets,
  type HyperbandBracket,
  type HyperbandBracketsOptions,
  type HyperbandRung,
} from './pruners/hyperband-brackets.ts';
export { median } from './pruners/median.ts';
export { nop } from './pruners/nop.ts';
export { patient, type PatientOptions } from './pruners/patient.ts';
export { percentile, type MedianOptions, type PercentileOptions } from './pruners/percentile.ts';
export { pruners } from './pruners/pruners.ts';
export { successiveHalving, type SuccessiveHalvingOptions } from './pruners/successive-halving.ts';
export { threshold, type ThresholdOptions } from './pruners/threshold.ts';
export type { CheckTimes } from './pruners/check-due.ts';
export { interrupted, pruned, type Interrupted, type Objective, type Outcome, type Pruned, type Trial } from './study/trial.ts';
export { openStudy, type StudyOptions } from './study/open-study.ts';
export type { AskOptions, OptimizeOptions, Study, StudyProgress } from './study/study.ts';
export { settle, type Settlement } from './study/settling/settle.ts';
export type { Leader } from './study/settling/leader.ts';
export type { SettleOptions, SettleProgress } from './study/settling/settle-options.ts';
export { replay } from './study/replay/replay.ts';
export type { Replay, StoredStudy, StoredTrial } from './study/replay/stored.ts';
export { bestTrial, distinctTrials } from './view/trials.ts';
export { memoryStorage, type MemoryStorage } from './storages/memory-storage.ts';
export type { Storage } from './storages/storage.ts';
export type { AttributeKind, StudyEvent } from './storages/study-event.ts';
export { reportEpochs, type ReportEpochs } from './study/report-epochs.ts';
export { studySearch, type StudySearchOptions, type StudySearchRequest, type StudySearchResult } from './study/study-search.ts';
export { tpe, type TpeOptions } from './samplers/tpe.ts';
export { parzenEstimator, type ParzenEstimator, type SampledParameter } from './samplers/tpe/parzen-estimator.ts';
export type { ParzenOptions } from './samplers/tpe/parzen-options.ts';
export type { AgeRule } from './samplers/tpe/parzen-options.ts';
export { gammaCount, type GammaRule } from './samplers/tpe/gamma-count.ts';
export type { NumberKernels } from './samplers/tpe/number-kernels.ts';
export type { ChoiceKernels } from './samplers/tpe/choice-kernels.ts';
export type { Scale } from './samplers/tpe/scale.ts';
export type { TuningFactories } from './plugin-factories.ts';
