import { complete } from '@downhill/core';
import { restoreWeights, type TrainableModel } from '@downhill/training';
import type { Weights } from './structure.ts';
import { swap, type SwapOptions } from './swap.ts';

/**
 * Runs a function while a model has other weights: an average, a soup, a sample. Its own are back afterwards, also where `fn` throws.
 *
 * @param weights As `captureWeights` gives them; weights of the model that are not among them stay as they are.
 * @param fn May be asynchronous. Do not train in it: what it learned would be undone.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([1]), true, 'w');
 * const model = { variables: [w], predict: (x) => x.mul(w) };
 * const weights = averageWeights([await captureWeights(model), new Map([['model/w', { dtype: 'float32', shape: [1], values: Float32Array.of(3) }]])]);
 * await withWeights(model, weights, () => w.dataSync()[0]); // 2
 * w.dataSync()[0]; // 1
 *
 * @throws DownhillError `state-mismatch` where the weights are another model's, `unsupported` where the model has other weights in it already.
 */
export async function withWeights<Model extends TrainableModel, Result>(
  model: Model,
  weights: Weights,
  fn: (model: Model) => Result | Promise<Result>,
  options: SwapOptions = {},
): Promise<Result> {
  const { reestimate } = complete('withWeights', options, { reestimate: undefined });
  return swap(model, {
    source: 'withWeights',
    reestimate,
    put: () => restoreWeights(model, weights, 'withWeights', { partial: true }),
    use: () => fn(model),
  });
}
