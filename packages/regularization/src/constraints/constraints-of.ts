import type { Transform } from '@downhill/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { declaredRules, type Translation } from '../declared-rules.ts';
import { clipWeights, type ClipWeightsOptions } from './clip-weights.ts';
import { maxNorm, type MaxNormOptions } from './max-norm.ts';
import { minMaxNorm, type MinMaxNormOptions } from './min-max-norm.ts';
import { nonNegative } from './non-negative.ts';
import { unitNorm, type UnitNormOptions } from './unit-norm.ts';

/** tfjs-layers' own constraints, and ours. Their configs have our options' names; the factories check them. */
const translations: Readonly<Record<string, Translation>> = {
  MaxNorm: ({ maxValue, axis }, mask) => maxNorm({ maxValue, axis, mask } as MaxNormOptions),
  UnitNorm: ({ axis }, mask) => unitNorm({ axis, mask } as UnitNormOptions),
  NonNeg: (_, mask) => nonNegative({ mask }),
  MinMaxNorm: ({ minValue, maxValue, rate, axis }, mask) => minMaxNorm({ minValue, maxValue, rate, axis, mask } as MinMaxNormOptions),
  ClipWeights: ({ minValue, maxValue }, mask) => clipWeights({ minValue, maxValue, mask } as ClipWeightsOptions),
};

/**
 * The constraints that a model's layers declare (`kernelConstraint`, `biasConstraint`, `depthwiseConstraint` ...) as a part of
 * a chain, which applies them to those very weights after every step. tfjs (4.22) takes them in its layers and then never
 * applies them in training.
 *
 * Where the layers declare none, the chain is empty and passes everything. In a model that was saved and loaded the parts
 * find their weights again by name; to load them with the optimizer, `register({ maxNorm, unitNorm, ... })`.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelConstraint: 'nonNeg' })] });
 * constraintsOf(model).parts.map(({ path }) => path); // ['nonNegative']
 *
 * @throws DownhillError `invalid-argument` for what is no built model, `unsupported` for a constraint of a class of your own.
 */
export function constraintsOf(model: LayersModel): Transform {
  return declaredRules(model, { source: 'constraintsOf', translations, declared: (_, { constraint }) => constraint ?? undefined });
}
