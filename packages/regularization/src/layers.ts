import { serialization } from '@tensorflow/tfjs-core';
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

export * from './dropout/layers/index.ts';

type Serializable = serialization.SerializableConstructor<serialization.Serializable>;

/** Every class of this package that a saved model may name. */
const classes = (): readonly unknown[] => [
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
];

/** Makes this package's layers known to tfjs, so that `tf.loadLayersModel` builds them again. */
export function registerLayers(): void {
  for (const item of classes()) serialization.registerClass(item as Serializable);
}
