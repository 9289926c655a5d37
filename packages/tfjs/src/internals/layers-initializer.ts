import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';

export type LayersInitializer = ReturnType<typeof initializers.zeros>;

type InitializerClass = new () => LayersInitializer;

/**
 * The base class of tfjs-layers' initializers. It is not exported, and layers take nothing that is not an instance of it,
 * so it is found as the class above `Zeros`.
 */
export function initializerBase(): InitializerClass {
  const zeros: unknown = initializers.zeros().constructor;
  const base: unknown = Object.getPrototypeOf(zeros);
  if (typeof base === 'function' && base.name !== '' && base !== Function.prototype) return base as InitializerClass;
  throw new TypeError('the initializers of tfjs-layers have another base class than in 4.22');
}

/** An initializer as tfjs-layers calls it: the layer itself is not told. */
export interface InitializerParts {
  apply(shape: number[]): Tensor;
  getConfig(): serialization.ConfigDict;
}
