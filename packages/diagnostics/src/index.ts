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
export { chartSvg, type ChartGuide, type ChartSvgOptions } from './reports/charts/chart-svg.ts';
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
