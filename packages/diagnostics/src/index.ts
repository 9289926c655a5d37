export type { Curves, CurveValue } from './curves.ts';
export type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo, ScalarReading, Sink, TextReading } from './reading.ts';
export { callbackSink, type CallbackSinkOptions } from './reports/callback-sink.ts';
export { drive, type SinkDriver, type SinkProblem } from './reports/drive-sinks.ts';
export { loggerSink } from './reports/logger-sink.ts';
export { jsonLines } from './reports/json-lines/json-lines.ts';
export { readJsonLines, type RunLog } from './reports/json-lines/read-json-lines.ts';
export { readEvents, type EventLog, type EventValue, type TensorBoardEvent } from './reports/tensorboard/read-events.ts';
export { tensorBoard, type TensorBoardOptions } from './reports/tensorboard/tensor-board.ts';
