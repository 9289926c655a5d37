export { alphaDropout, type AlphaDropoutOptions } from './alpha-dropout.ts';
export {
  blockMask,
  dropBlock,
  dropBlockGamma,
  rampUp,
  type DropBlockGammaOptions,
  type DropBlockOptions,
  type RampUpOptions,
} from './drop-block.ts';
export { dropConnect, dropConnectDense, type DropConnectDenseOptions, type DropConnectOptions } from './drop-connect.ts';
export {
  classicDropout,
  dropout,
  spatialDropout,
  type ClassicDropoutOptions,
  type DropoutOptions,
  type SpatialDropoutOptions,
} from './dropout.ts';
export { gaussianDropout, gaussianNoise, type GaussianDropoutOptions, type GaussianNoiseOptions } from './gaussian.ts';
export type { Randomness } from './randomness.ts';
export { shakeShake, type ShakeShakeOptions } from './shake-shake.ts';
export {
  expectedDepth,
  linearDecay,
  stochasticDepth,
  type DecayConvention,
  type LinearDecayOptions,
  type StochasticDepthMode,
  type StochasticDepthOptions,
} from './stochastic-depth.ts';
export { monteCarlo, type MonteCarloOptions, type MonteCarloPrediction } from './monte-carlo.ts';
