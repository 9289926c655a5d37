import { serialization } from '@tensorflow/tfjs-core';
import { constraintClasses } from './constraints/clip-weights-constraint.ts';
import {
  AlphaDropout,
  ClassicDropout,
  DropBlock,
  DropConnect,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  ShakeShake,
  SpatialDropout,
  StochasticDepth,
} from './dropout/layers/index.ts';
import { SpectralNormalization } from './normalization/spectral-normalization-layer.ts';
import { WeightStandardization } from './normalization/weight-standardization-layer.ts';
import { ActivityRegularization } from './penalties/activity-regularization.ts';
import { regularizerClasses } from './penalties/regularizers.ts';
import { FractionalMaxPooling2D } from './pooling/fractional-max-pooling-layer.ts';

export { clipWeightsConstraint, type LayersConstraint } from './constraints/clip-weights-constraint.ts';
export { constraintsOf } from './constraints/constraints-of.ts';
export * from './dropout/layers/index.ts';
export type { KernelWrapperConfig } from './normalization/kernel-wrapper.ts';
export { SpectralNormalization, type SpectralNormalizationConfig } from './normalization/spectral-normalization-layer.ts';
export { WeightStandardization, type WeightStandardizationConfig } from './normalization/weight-standardization-layer.ts';
export { ActivityRegularization, type ActivityRegularizationConfig } from './penalties/activity-regularization.ts';
export { penaltiesOf } from './penalties/penalties-of.ts';
export { groupLassoRegularizer, orthogonalRegularizer, type LayersRegularizer } from './penalties/regularizers.ts';
export { FractionalMaxPooling2D, type FractionalMaxPooling2DConfig } from './pooling/fractional-max-pooling-layer.ts';
export { earlyStoppingCallback, keepBestCallback } from './stopping/stopping-callback.ts';

type Serializable = serialization.SerializableConstructor<serialization.Serializable>;

/** Every class of this package that a saved model may name. */
const classes = (): readonly unknown[] => [
  ActivityRegularization,
  AlphaDropout,
  ClassicDropout,
  DropBlock,
  DropConnect,
  Dropout,
  FractionalMaxPooling2D,
  GaussianDropout,
  GaussianNoise,
  ShakeShake,
  SpatialDropout,
  SpectralNormalization,
  StochasticDepth,
  WeightStandardization,
  ...constraintClasses(),
  ...regularizerClasses(),
];

/**
 * Makes this package's layers, regularizers and constraints known to tfjs, so that `tf.loadLayersModel` builds them again.
 *
 * @example
 * registerLayers();
 * tf.serialization.SerializationMap.getMap().classNameMap['GroupLasso'] !== undefined; // true
 */
export function registerLayers(): void {
  for (const item of classes()) serialization.registerClass(item as Serializable);
}
