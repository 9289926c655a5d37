export type { Curves, CurveValue } from './curves.ts';
export type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo, ScalarReading, Sink, TextReading } from './reading.ts';
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
