import type { serialization } from '@tensorflow/tfjs-core';
import { constraints, regularizers } from '@tensorflow/tfjs-layers';

export type LayersRegularizer = ReturnType<typeof regularizers.l1>;
export type LayersConstraint = ReturnType<typeof constraints.nonNeg>;

type Base<Instance> = new () => Instance;

/**
 * The class above a class of tfjs-layers. Base classes of regularizers and constraints are not exported, and layers take
 * nothing that is not an instance of them.
 */
function above<Instance extends serialization.Serializable>(instance: Instance, what: string): Base<Instance> {
  const base: unknown = Object.getPrototypeOf(instance.constructor);
  if (typeof base === 'function' && base.name !== '' && base !== Function.prototype) return base as Base<Instance>;
  throw new TypeError(`the ${what} of tfjs-layers have another base class than in 4.22`);
}

export const regularizerBase = (): Base<LayersRegularizer> => above(regularizers.l2({ l2: 0 }), 'regularizers');
export const constraintBase = (): Base<LayersConstraint> => above(constraints.nonNeg(), 'constraints');
