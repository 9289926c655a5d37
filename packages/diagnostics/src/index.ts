export type { Curves, CurveValue } from './curves.ts';
export type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo, ScalarReading, Sink, TextReading } from './reading.ts';
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
