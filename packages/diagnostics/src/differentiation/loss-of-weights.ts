import { DownhillError, show } from '@downhill/core';
import { checkModel, lossOnBatch, type Batch, type LossObjective, type NamedVariable } from '@downhill/training';
import type { Scalar } from '@tensorflow/tfjs-core';
import { trainedVariables } from '../meters/meters.ts';

/** A loss seen as a function of weights alone: what gradients are checked of and curvature is measured of. */
export interface LossOfWeights {
  readonly kind: 'loss of weights';
  /** The weights, each under a name for the reader. */
  readonly weights: readonly NamedVariable[];
  /** The loss at the weights as they are; the same number whenever it is asked for again. */
  readonly loss: () => Scalar;
}

/** What {@link lossOfWeights} takes: a model with its loss and one batch of data, which stays yours. */
export interface LossOfWeightsOptions extends LossObjective {
  readonly batch: Batch;
  /**
   * Whether layers run as in training. Batch normalization then uses the batch's statistics and moves its own, and dropout draws anew at
   * each evaluation, which a difference of two of them would take for curvature. @defaultValue false
   */
  readonly training?: boolean;
}

/**
 * The loss of a model on a batch, as a function of its trainable weights. It is named by place, `0/kernel` for the kernel of the first layer.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * const batch = { xs: tf.ones([4, 2]), ys: tf.zeros([4, 1]) };
 * lossOfWeights({ model, loss: meanSquaredError, batch }).weights.map(({ key }) => key); // ['0/kernel', '0/bias']
 *
 * @throws DownhillError `invalid-argument` where `model` or `loss` is none, or nothing of the model is trainable.
 */
export function lossOfWeights({ model, loss, penalties, batch, training = false }: LossOfWeightsOptions): LossOfWeights {
  checkModel('lossOfWeights', model);
  if (typeof loss !== 'function')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'lossOfWeights',
      problem: `\`loss\` must be a function (ys, predictions) => tensor, got ${show(loss)}`,
      advice: 'softmaxCrossEntropy of @downhill/training is one.',
    });
  const weights = trainedVariables(model);
  const objective = { model, loss, ...(penalties === undefined ? {} : { penalties }) };
  const made: LossOfWeights = { kind: 'loss of weights', weights, loss: () => lossOnBatch(objective, batch, { training }) };
  checkLossOfWeights('lossOfWeights', made);
  return made;
}

/** @throws DownhillError `invalid-argument` where `of` is no {@link LossOfWeights}, or has no weights. */
export function checkLossOfWeights(source: string, of: LossOfWeights): void {
  if (of?.kind === 'loss of weights' && Array.isArray(of.weights) && typeof of.loss === 'function' && of.weights.length > 0) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `it takes a loss of at least one weight, got ${show(of)}`,
    advice:
      'lossOfWeights({ model, loss, batch }) makes one; with variables of your own, write { kind: "loss of weights", weights, loss }.',
  });
}
