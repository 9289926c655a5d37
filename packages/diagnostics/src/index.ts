export type { Curves, CurveValue } from './curves.ts';
export type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo, ScalarReading, Sink, TextReading } from './reading.ts';
export { callbackSink, type CallbackSinkOptions } from './reports/callback-sink.ts';
export { drive, type SinkDriver, type SinkProblem } from './reports/drive-sinks.ts';
export { loggerSink } from './reports/logger-sink.ts';
