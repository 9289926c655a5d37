// For adapters: what turns a traced transform into loops, and the loops' meaning. Rules need only the main entry.
export { domains, resolveOver, shapeOver } from './expression/domain.ts';
export { evaluate, finished } from './expression/evaluate.ts';
export { hashGraph, hashText } from './expression/hash.ts';
export { scalarValue } from './expression/hoist.ts';
export { interpreter, type BufferData, type RunKernel } from './expression/interpret.ts';
export { uniformBlock, type UniformBlock } from './expression/uniform-block.ts';
export {
  isExpression,
  leaf,
  operation,
  OPERATIONS,
  type Expression,
  type NodeData,
  type Operation,
  type Over,
  type RandomSource,
  type Reduction,
  type ValueType,
} from './expression/node.ts';
export { label, nodesOf, print } from './expression/print.ts';
export { buffersOf, segmentsFor, type Segments } from './expression/segments.ts';
export { rewriter } from './expression/simplify.ts';
export { checkGraph, type Output } from './expression/spec.ts';
export { lowerNode } from './expression/lower.ts';
export {
  plan,
  shareLevels,
  STORE_LEVEL,
  type Accumulator,
  type Gather,
  type Kernel,
  type KernelBuffer,
  type Plan,
  type Planned,
  type Stage,
  type Uniform,
} from './expression/stages.ts';
export {
  NON_FINITE,
  isFrozen,
  partsFor,
  scalarsOf,
  slotsOf,
  trace,
  type KernelTrace,
  type MatrixTrace,
  type Trace,
  type TracedSlot,
  type TraceOptions,
} from './trace.ts';
export { traceElementwise } from './trace-elementwise.ts';
