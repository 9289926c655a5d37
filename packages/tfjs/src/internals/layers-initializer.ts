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
