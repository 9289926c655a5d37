import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { constraintBase, type LayersConstraint } from '../internals/layers-bases.ts';
import { clipWeights, type ClipWeightsOptions } from './clip-weights.ts';
import type { Constraint } from './constraint.ts';

export type { LayersConstraint };

/** The layer says which weights it constrains. */
type ForLayer = Omit<ClipWeightsOptions, 'mask'>;

let made: (new (options: ForLayer) => LayersConstraint) | undefined;

/** The class is made at the first call: an import alone must not touch tfjs-layers. */
function clipWeightsClass(): new (options: ForLayer) => LayersConstraint {
  return (made ??= class extends constraintBase() {
    static get className(): string {
      return 'ClipWeights';
    }
    private readonly constraint: Constraint;

    // tfjs-layers adds fields of its own to a config that it loads: only ours are kept.
    constructor({ minValue, maxValue }: ForLayer) {
      super();
      this.constraint = clipWeights({ ...(minValue === undefined ? {} : { minValue }), ...(maxValue === undefined ? {} : { maxValue }) });
    }

    override apply(weight: Tensor): Tensor {
      return this.constraint.apply(weight);
    }

    override getConfig(): serialization.ConfigDict {
      const { minValue, maxValue } = this.constraint.config as Required<ForLayer>;
      return { minValue, maxValue };
    }
  });
}

/**
 * `clipWeights` as a constraint of a layer, which tfjs-layers does not have. It holds in training only with `constraintsOf`,
 * like all constraints of tfjs-layers.
 *
 * @example
 * const kernelConstraint = clipWeightsConstraint({ minValue: -1, maxValue: 1 });
 * [...kernelConstraint.apply(tf.tensor1d([-3, 0.5])).dataSync()]; // [-1, 0.5]
 *
 * @throws DownhillError `invalid-argument` as `clipWeights`.
 */
export function clipWeightsConstraint(options: ForLayer = {}): LayersConstraint {
  return new (clipWeightsClass())(options);
}

/** The classes that a saved model needs to be known. */
export const constraintClasses = (): readonly unknown[] => [clipWeightsClass()];
