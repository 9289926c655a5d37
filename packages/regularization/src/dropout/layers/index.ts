export { ShakeShake, StochasticDepth, type ShakeShakeConfig, type StochasticDepthConfig } from './branch-layers.ts';
export { DropBlock, type DropBlockConfig } from './drop-block-layer.ts';
export { DropConnect, type DropConnectConfig } from './drop-connect-layer.ts';
export {
  AlphaDropout,
  ClassicDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout,
  type DropoutConfig,
  type GaussianNoiseConfig,
} from './dropout-layers.ts';
export type { RateLayerConfig } from './rate-layer.ts';
export type { StochasticConfig } from './stochastic-layer.ts';
