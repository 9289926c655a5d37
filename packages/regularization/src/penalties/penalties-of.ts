import type { Transform } from '@downhill/core';
import { declaredFor } from '@downhill/tfjs/layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { declaredRules, type Declared, type Translation } from '../declared-rules.ts';
import { elasticNet, type ElasticNetOptions } from './elastic-net.ts';
import { groupLasso, type GroupLassoOptions } from './group-lasso.ts';
import { orthogonality, type OrthogonalityOptions } from './orthogonality.ts';

/** tfjs-layers' own regularizer, and ours. Their configs have our options' names; the factories check them. */
const translations: Readonly<Record<string, Translation>> = {
  L1L2: ({ l1, l2 }, mask) => elasticNet({ l1, l2, mask } as ElasticNetOptions),
  GroupLasso: ({ factor, groupAxis, sqrtSize }, mask) => groupLasso({ factor, groupAxis, sqrtSize, mask } as GroupLassoOptions),
  OrthogonalRegularizer: ({ factor, kind, mode }, mask) => orthogonality({ factor, kind, mode, mask } as OrthogonalityOptions),
};

/**
 * The regularizers that a model's layers declare (`kernelRegularizer`, `biasRegularizer` ...) as a part of a chain, first in
 * it: the penalties' gradients without a pass of their own over the weights, and their values as statistics.
 *
 * **For loops that leave the layers' regularizers out**, such as your own `optimizer.minimize(() => loss(model.apply(x)))`.
 * `model.fit`, `model.trainOnBatch` and `train` of `@downhill/training` already add them to the loss
 * (`model.calculateLosses()`): with this part in the chain, too, they would count twice. There declare no regularizers and
 * put `l2(...)` into the chain, or declare them and leave this out.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelRegularizer: 'l1l2' })] });
 * penaltiesOf(model).parts.map(({ path }) => path); // ['elasticNet']
 *
 * @throws DownhillError `invalid-argument` for what is no built model, `unsupported` for a regularizer of a class of your own.
 */
export function penaltiesOf(model: LayersModel): Transform {
  return declaredRules(model, {
    source: 'penaltiesOf',
    translations,
    declared: (layer, weight) => declaredFor(layer, weight, 'Regularizer') as Declared | undefined,
  });
}
