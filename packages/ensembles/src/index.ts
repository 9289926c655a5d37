export type { Outputs } from './outputs.ts';
export type { Labels } from './checks/check-labels.ts';
export type { OutputKind } from './checks/check-members.ts';
export { labelsOf } from './reading/labels-of.ts';
export { oneHotOutputs } from './reading/one-hot-outputs.ts';
export { outputsFrom } from './reading/outputs-from.ts';
export { outputsOf, toTensor } from './reading/outputs-of.ts';
export { predictedClasses } from './reading/predicted-classes.ts';
export { combine } from './combining/combine.ts';
export { combiner, isCombiner, type Combiner, type CombinerDefinition } from './combining/combiner.ts';
export { fitStacked, type FitStackedOptions } from './combining/fit-stacked.ts';
export { fitWeighted, type FitWeightedOptions } from './combining/fit-weighted.ts';
export { geometric, type WeightsOptions } from './combining/geometric.ts';
export type { CombinationLoss } from './combining/losses.ts';
export { majority } from './combining/majority.ts';
export { mean, type KindOptions } from './combining/mean.ts';
export { median } from './combining/median.ts';
export { outOfFold, type Fold, type OutOfFoldOptions } from './combining/out-of-fold.ts';
export { selectMembers, type Selection, type SelectMembersOptions } from './combining/select-members.ts';
export { stacked, type StackedOptions } from './combining/stacked.ts';
export type { Targets } from './combining/targets.ts';
export { weighted } from './combining/weighted.ts';
export { disagreement } from './uncertainty/disagreement.ts';
export { diversity, type Diversity, type Pairwise } from './uncertainty/diversity.ts';
export { expectedEntropy } from './uncertainty/expected-entropy.ts';
export { mutualInformation } from './uncertainty/mutual-information.ts';
export { predictiveEntropy } from './uncertainty/predictive-entropy.ts';
export { variance } from './uncertainty/variance.ts';
export { variationRatio } from './uncertainty/variation-ratio.ts';
export { accuracy } from './calibration/accuracy.ts';
export type { Bin, BinningOptions } from './calibration/bins.ts';
export { brierDecomposition, type BrierDecomposition } from './calibration/brier-decomposition.ts';
export { brierScore } from './calibration/brier-score.ts';
export { calibrate } from './calibration/calibrate.ts';
export { calibrator, isCalibrator, type Calibrator, type CalibratorDefinition, type ScoreKind } from './calibration/calibrator.ts';
export { classwiseCalibrationError } from './calibration/classwise-calibration-error.ts';
export { expectedCalibrationError } from './calibration/expected-calibration-error.ts';
export { fitIsotonic } from './calibration/fit-isotonic.ts';
export { fitPlatt } from './calibration/fit-platt.ts';
export { fitTemperature } from './calibration/fit-temperature.ts';
export { fitVectorScaling } from './calibration/fit-vector-scaling.ts';
export { isotonic, type Curve, type IsotonicOptions } from './calibration/isotonic.ts';
export { maximumCalibrationError } from './calibration/maximum-calibration-error.ts';
export { negativeLogLikelihood } from './calibration/negative-log-likelihood.ts';
export { platt, type PlattOptions } from './calibration/platt.ts';
export { reliabilityDiagram, type ReliabilityDiagram } from './calibration/reliability-diagram.ts';
export { reliabilitySvg, type ReliabilitySvgOptions } from './calibration/reliability-svg.ts';
export type { ScoreOptions } from './calibration/scores.ts';
export { temperature } from './calibration/temperature.ts';
export { vectorScaling, type VectorScalingOptions } from './calibration/vector-scaling.ts';
export { averageCheckpoints, type AverageCheckpointsOptions, type CheckpointAverage } from './averaging/average-checkpoints.ts';
export { averageWeights, type AverageWeightsOptions } from './averaging/average-weights.ts';
export { emaWeights, type EmaWeightsOptions } from './averaging/ema-weights.ts';
export type { AverageChoice } from './averaging/find-average.ts';
export { greedySoup, type GreedySoup, type GreedySoupOptions, type SoupMember, type SoupStep } from './averaging/greedy-soup.ts';
export type { Weights } from './averaging/structure.ts';
export { polyakWeights, swaWeights, type FromEpoch, type SwaWeightsOptions } from './averaging/swa-weights.ts';
export type { Reestimate, SwapOptions } from './averaging/swap.ts';
export {
  adoptAveragedWeights,
  averagedValidation,
  averagedWeights,
  withAveragedWeights,
  type AveragedWeightsOptions,
} from './averaging/with-averaged-weights.ts';
export { withWeights } from './averaging/with-weights.ts';
export { collectSwag, type CollectSwagOptions } from './averaging/collect-swag.ts';
export {
  swagPosterior,
  swagVariance,
  type SwagMoments,
  type SwagPosterior,
  type SwagPosteriorOptions,
  type SwagSampleOptions,
} from './averaging/swag-posterior.ts';
export { swagPredictions, type SwagPredictions, type SwagPredictionsOptions } from './averaging/swag-predictions.ts';
export { modelMember } from './members/model-member.ts';
export { functionMember } from './members/function-member.ts';
export { loadedMember } from './members/loaded-member.ts';
export { onFeatures, selectFeatures } from './members/on-features.ts';
export { viewsOf, type ViewFunction } from './members/views-of.ts';
export { predictEnsemble, type PredictEnsembleOptions } from './members/predict-ensemble.ts';
export { predictMembers, type PredictionProgress, type PredictMembersOptions } from './members/predict-members.ts';
export type { Examples } from './members/examples.ts';
export type { Member, MemberOptions, OpenMember } from './members/member.ts';
export { readEnsemble, type EnsembleManifest, type MemberEntry, type MemberFacts } from './directory/manifest.ts';
export { saveEnsemble, type SavedEnsemble, type SavedMember } from './directory/save-ensemble.ts';
export { openEnsemble, type OpenEnsembleOptions, type StoredEnsemble } from './directory/open-ensemble.ts';
export { bagging, type BaggingOptions } from './training/bagging.ts';
export { bootstrapCounts, outOfBagRows, outOfBagShare } from './training/bootstrap.ts';
export { deepEnsemble, type DeepEnsembleOptions } from './training/deep-ensemble.ts';
export { lastEpochs, type LastEpochsOptions } from './training/last-epochs.ts';
export type { KeepMembersOptions } from './training/keep-members.ts';
export { outOfBag, type OutOfBag } from './training/out-of-bag.ts';
export { outOfBagEstimate, type OutOfBagEstimate, type OutOfBagEstimateOptions } from './training/out-of-bag-estimate.ts';
export { randomSubspaces, type RandomSubspacesOptions } from './training/random-subspaces.ts';
export { snapshots, type SnapshotsOptions } from './training/snapshots.ts';
export { takeFeatures } from './training/take-features.ts';
export { takeRows } from './training/take-rows.ts';
export { trainEnsemble, type TrainEnsembleOptions } from './training/train-ensemble.ts';
export type { EnsembleEvent, EnsembleOptions, TrainedEnsemble } from './training/ensemble-options.ts';
export type { MemberTask, MemberTrainer, TrainedWeights } from './training/member-task.ts';
export { ensemblePlan, type EnsemblePlan, type EnsemblePlanDefinition, type MemberPlan } from './training/plan.ts';
export { distillationBatches, type DistillationBatchesOptions } from './distillation/distillation-batches.ts';
export { predictTeacher, type PredictTeacherOptions, type Teacher } from './distillation/predict-teacher.ts';
export { softenedCrossEntropy } from './distillation/softened-cross-entropy.ts';
