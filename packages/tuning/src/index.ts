export type {
  CategoricalParameter,
  Choice,
  Condition,
  FixedParameter,
  FloatParameter,
  IntParameter,
  Parameter,
  Parameters,
} from './space/parameter.ts';
export type { Settings, SettingsOf } from './space/settings.ts';
export type { Space } from './space/space.ts';
export { sampler, type Sampler, type SamplerDefinition } from './samplers/sampler.ts';
export { mapSettings } from './samplers/map-settings.ts';
export { pruner, type Pruner, type PrunerDefinition } from './pruners/pruner.ts';
export { asha, type AshaOptions } from './pruners/asha.ts';
export { hyperband, hyperbandBracketOf, hyperbandShares, type HyperbandOptions } from './pruners/hyperband.ts';
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
export type { FrozenTrial, Report, TrialState } from './study/frozen-trial.ts';
export { pruned, type Objective, type Pruned, type Trial } from './study/trial.ts';
export type { OptimizeOptions, Study, StudyProgress } from './study/study.ts';
export type { Direction, StudyView } from './study/study-view.ts';
export { bestTrial, distinctTrials } from './study/trials.ts';
export type { Storage } from './storages/storage.ts';
export type { AttributeKind, StudyEvent } from './storages/study-event.ts';
