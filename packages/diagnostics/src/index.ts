export type { Curves, CurveValue } from './curves.ts';
export type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo, ScalarReading, Sink, TextReading } from './reading.ts';
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
