export type { Curves, CurveValue } from './curves.ts';
export type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo, ScalarReading, Sink, TextReading } from './reading.ts';
export { callbackSink, type CallbackSinkOptions } from './reports/callback-sink.ts';
export { drive, type SinkDriver, type SinkProblem } from './reports/drive-sinks.ts';
export { loggerSink } from './reports/logger-sink.ts';
export { jsonLines } from './reports/json-lines/json-lines.ts';
export { readJsonLines, type RunLog } from './reports/json-lines/read-json-lines.ts';
export { readEvents, type EventLog, type EventValue, type TensorBoardEvent } from './reports/tensorboard/read-events.ts';
export { tensorBoard, type TensorBoardOptions } from './reports/tensorboard/tensor-board.ts';
export { chartSink, type ChartSinkOptions } from './reports/charts/chart-sink.ts';
export { chartSvg, type ChartGuide, type ChartMark, type ChartSvgOptions } from './reports/charts/chart-svg.ts';
export type { ChartSeries } from './reports/charts/chart-series.ts';
export { terminalChart, type TerminalChartOptions } from './reports/charts/terminal-chart.ts';
export { curveDoctor, type CurveDoctor, type CurveDoctorOptions } from './doctor/curve-doctor.ts';
export { curvesFileRuns, curvesOf, type CurvesFileRun } from './doctor/curves-file.ts';
export { diagnose, type Diagnosis, type DiagnosisEvidence, type OtherFinding } from './doctor/diagnose.ts';
export type { FeatureName } from './doctor/features/features.ts';
export { FINDINGS, type Finding } from './doctor/rule.ts';
export {
  compareLearningRates,
  ratesAround,
  type CompareRatesOptions,
  type RateComparison,
  type RateCurve,
} from './range-test/compare-learning-rates.ts';
export {
  learningRateRangeTest,
  type RangeTest,
  type RangeTestOptions,
  type RateTestSubject,
} from './range-test/learning-rate-range-test.ts';
export { smoothedLosses } from './range-test/smoothed-losses.ts';
export { suggestLearningRates, type LearningRateSuggestions, type SuggestOptions } from './range-test/suggest-learning-rates.ts';
export {
  FREE,
  meter,
  scalar,
  scalars,
  type AfterStep,
  type BeforeStep,
  type Gauge,
  type Measurement,
  type Measurements,
  type Meter,
  type MeterCost,
  type MeterDefinition,
  type MeterNeed,
  type MeterRun,
} from './meters/meter.ts';
export type { Cadence } from './meters/cadence.ts';
export type { TensorNorms } from './meters/tensor-norms.ts';
export { meters, type MetersHookOptions } from './meters/meters.ts';
export type { MetersOptions } from './meters/meter-options.ts';
export type { MeterProblem, OnProblem } from './meters/guard.ts';
export { measured } from './meters/measured.ts';
export { cheapMeters, type CheapMetersOptions } from './meters/cheap-meters.ts';
export { lossMeter, type LossMeterOptions } from './meters/loss-meter.ts';
export { epochMeter } from './meters/epoch-meter.ts';
export { scheduleMeter, type ScheduleMeterOptions } from './meters/schedule-meter.ts';
export { accuracyMeter, topKMeter, type TopKMeterOptions } from './meters/top-k-meter.ts';
export { confusionMeter, f1Meter, type PerClassOptions } from './meters/confusion-meter.ts';
export { aucMeter } from './meters/auc-meter.ts';
export type { ClassificationOptions } from './meters/classification-meter.ts';
export type { OutputKind } from './meters/classified.ts';
export { gradientNormMeter, type PerTensorOptions } from './meters/gradient-norm-meter.ts';
export { weightNormMeter } from './meters/weight-norm-meter.ts';
export { UPDATE_RATIO_GUIDE, updateRatioMeter, type UpdateRatioMeterOptions } from './meters/update-ratio-meter.ts';
export { distanceMeter } from './meters/distance-meter.ts';
export { histogramMeter, type HistogramMeterOptions } from './meters/histogram-meter.ts';
export { histogram, type Histogram } from './meters/histogram.ts';
export { throughputMeter } from './meters/throughput-meter.ts';
export { memoryMeter } from './meters/memory-meter.ts';
export { nonFiniteMeter } from './meters/non-finite-meter.ts';
export { lossOfWeights, type LossOfWeights, type LossOfWeightsOptions } from './differentiation/loss-of-weights.ts';
export {
  hessianEigenvalues,
  type HessianEigenvalue,
  type HessianEigenvalues,
  type HessianEigenvaluesOptions,
} from './curvature/hessian-eigenvalues.ts';
export { hessianTrace, type HessianTrace, type HessianTraceOptions } from './curvature/hessian-trace.ts';
export { hessianVectorProduct, type HessianVectorProduct } from './curvature/hessian-vector-product.ts';
export { powerIteration, type PowerIteration, type PowerIterationOptions } from './curvature/power-iteration.ts';
export { alphaOf, type Alpha, type StepAlongLine } from './gradient-noise/alpha.ts';
export { innerProductTest, normTest, orthogonalityTest } from './gradient-noise/batch-size-tests.ts';
export { cabsBatchSize } from './gradient-noise/cabs-batch-size.ts';
export { cosineOf } from './gradient-noise/cosine.ts';
export { gradientMoments, type GradientMoments, type GradientMomentsOptions } from './gradient-noise/gradient-moments.ts';
export { noiseScale, noiseScaleFromTwoBatches, type BatchNorm, type NoiseScaleParts } from './gradient-noise/noise-scale.ts';
export { evidenceCriterion, meanSignalToNoise, signalToNoise } from './gradient-noise/signal-to-noise.ts';
export { alphaMeter, type AlphaMeterOptions } from './gradient-noise/alpha-meter.ts';
export { gradientCosineMeter, type GradientCosineMeterOptions } from './gradient-noise/gradient-cosine-meter.ts';
export { gradientNoiseMeter, type GradientNoiseMeterOptions } from './gradient-noise/gradient-noise-meter.ts';
export { sampleGradients, type SampleGradients, type SampleGradientsOptions } from './gradient-noise/sample-gradients.ts';
export { curvatureMeter, type CurvatureMeterOptions } from './curvature/curvature-meter.ts';
export { activationMeter, type ActivationMeterOptions } from './activations/activation-meter.ts';
export { layerActivations, type LayerActivations } from './activations/layer-activations.ts';
export { deadUnits, saturatedFraction, type DeadUnits } from './activations/unit-statistics.ts';
export { valueStatistics, type ValueStatistics } from './activations/value-statistics.ts';
export type { Check, CheckTable, Verdict } from './before-training/check.ts';
export { checkText, printCheck } from './before-training/check-text.ts';
export { expectedInitialLoss, type ExpectedInitialLoss, type ExpectedInitialLossOptions } from './before-training/expected-initial-loss.ts';
export { checkInitialLoss, type CheckInitialLossOptions } from './before-training/check-initial-loss.ts';
export { checkGradients, type CheckGradientsOptions, type GradientCheck, type TensorGradients } from './before-training/check-gradients.ts';
export { compareGradient, type CompareGradientOptions } from './before-training/compare-gradient.ts';
export type { Derivative } from './before-training/derivatives.ts';
export { checkData, type CheckDataOptions, type DataCheck } from './before-training/check-data.ts';
export type { Pair } from './before-training/duplicate-rows.ts';
export {
  checkInitialization,
  type CheckInitializationOptions,
  type InitializationCheck,
  type LayerInitialization,
} from './before-training/check-initialization.ts';
export { layerMultiplyAdds } from './before-training/layer-multiply-adds.ts';
export { overfitSmallSample, type OverfitCheck, type OverfitSmallSampleOptions } from './before-training/overfit-small-sample.ts';
export { summarize, summaryText, type LayerSummary, type ModelSummary } from './before-training/summarize.ts';
export { sevenSteps, type SevenSteps } from './seven-steps/seven-steps.ts';
export type { SevenStepsData, SevenStepsOptions } from './seven-steps/options.ts';
export { gridSearch } from './seven-steps/grid-search.ts';
export type { GuidedEvent, GuidedStep, GuidedTrial, RuleSetting, SkippedStep, StepChart } from './seven-steps/guided-step.ts';
export type { Search, SearchDimension, SearchRequest, SearchResult, SearchSpace, SearchTrial, Settings } from './seven-steps/search.ts';
export type { RuleSettings, SearchBudget } from './seven-steps/walk.ts';
