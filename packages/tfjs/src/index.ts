export { DownhillOptimizer, optimizer, type NonFiniteReport, type OptimizerOptions } from './optimizer.ts';
export { fromConfigText, toConfigText } from './config-text.ts';
export { elementwise, type Elementwise, type ElementwiseCall, type ElementwiseDefinition } from './elementwise.ts';
export { flatLayers } from './flat-layers.ts';
export { drawCounts, layerDraws, setDrawCounts, withLayersKeptOn, type ForwardDraw, type LayerDraws } from './layer-draws.ts';
export { register } from './register.ts';
export type { Execution } from './execute/choose.ts';
export { initialWeights, type Initialization, type InitialWeightsOptions } from './initial-weights.ts';
export {
  randomBernoulli,
  randomNormal,
  randomPermutation,
  randomTruncatedNormal,
  randomUniform,
  type NormalOptions,
  type RandomSource,
} from './random.ts';
export { disposeAbandonedTape } from './internals/tape.ts';
export { heapBytes } from './heap-bytes.ts';
export { withGradient, type Differentiated } from './with-gradient.ts';
export { classTargets } from './losses/class-targets.ts';
export { softTargetCrossEntropy } from './losses/soft-target-cross-entropy.ts';
export { binaryTargets, softTargetBinaryCrossEntropy } from './losses/soft-target-binary-cross-entropy.ts';
