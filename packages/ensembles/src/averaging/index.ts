export { averageCheckpoints, type AverageCheckpointsOptions, type CheckpointAverage } from './average-checkpoints.ts';
export { averageWeights, type AverageWeightsOptions } from './average-weights.ts';
export { emaWeights, type EmaWeightsOptions } from './ema-weights.ts';
export type { AverageChoice } from './find-average.ts';
export { greedySoup, type GreedySoup, type GreedySoupOptions, type SoupMember, type SoupStep } from './greedy-soup.ts';
export type { Weights } from './structure.ts';
export { polyakWeights, swaWeights, type FromEpoch, type SwaWeightsOptions } from './swa-weights.ts';
export type { Reestimate, SwapOptions } from './swap.ts';
export {
  adoptAveragedWeights,
  averagedValidation,
  averagedWeights,
  withAveragedWeights,
  type AveragedWeightsOptions,
} from './with-averaged-weights.ts';
export { withWeights } from './with-weights.ts';
export { collectSwag, type CollectSwagOptions } from './collect-swag.ts';
export {
  swagPosterior,
  swagVariance,
  type SwagMoments,
  type SwagPosterior,
  type SwagPosteriorOptions,
  type SwagSampleOptions,
} from './swag-posterior.ts';
export { swagPredictions, type SwagPredictions, type SwagPredictionsOptions } from './swag-predictions.ts';
