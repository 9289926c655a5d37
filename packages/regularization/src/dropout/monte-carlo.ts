import { checkNumber, DownhillError } from '@downhill/core';
import { drawCounts, withLayersKeptOn } from '@downhill/tfjs';
import { add, div, mul, sub, tidy, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkLayersModel } from '../check-layers-model.ts';

/** Options of {@link monteCarlo}. */
export interface MonteCarloOptions {
  /** Predictions that are drawn, at least 1. @defaultValue 20 */
  readonly passes?: number;
  /** A safe integer: the same seed, the same predictions. @defaultValue 0 */
  readonly seed?: number;
}

/** What {@link monteCarlo} gives, both shaped like a prediction; the caller disposes of them. */
export interface MonteCarloPrediction {
  readonly mean: Tensor;
  /** The mean squared distance from the mean, over the passes. */
  readonly variance: Tensor;
}

/**
 * Monte-Carlo dropout: the mean and the variance of predictions with dropout kept on, as a measure of how sure a model is.
 *
 *     mean = (1/T) Σ ŷₜ,  variance = (1/T) Σ (ŷₜ − mean)²
 *
 * Gal & Ghahramani 2016 (arXiv:1506.02142), equation 6 and the first term of the variance below it (their 1/τ, the noise of the
 * data, is not known to a model). Only this package's layers are kept on: batch normalization predicts as it always does, and the
 * layers' counts of training forwards stay as they are. The batch is predicted whole.
 *
 * @example
 * const model = tf.sequential({ layers: [new Dropout({ rate: 0.5, inputShape: [3] })] });
 * const drawn = monteCarlo(model, tf.ones([2, 3]), { passes: 50, seed: 1 });
 * drawn.variance.shape; // [2, 3]
 *
 * @throws DownhillError `invalid-argument` for passes below 1, what is no model, and a model without one of this package's stochastic layers;
 * `unsupported` for one with several outputs.
 */
export function monteCarlo(
  model: LayersModel,
  x: Tensor | Tensor[],
  { passes = 20, seed = 0 }: MonteCarloOptions = {},
): MonteCarloPrediction {
  checkLayersModel('monteCarlo', model);
  checkNumber('monteCarlo', { passes }, { min: 1, integer: true });
  checkNumber('monteCarlo', { seed }, { integer: true });
  if (Object.keys(drawCounts(model)).length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'monteCarlo',
      problem: '`model` has no layer of this package that draws, so that all passes would be the same',
      advice: 'Use Dropout of @downhill/regularization/layers in place of tf.layers.dropout.',
    });
  return tidy(() => {
    let mean: Tensor | undefined;
    let squares: Tensor | undefined;
    for (let pass = 0; pass < passes; pass++) {
      const value = withLayersKeptOn({ seed, pass }, () => tidy(() => predictionOf(model.apply(x, { training: false }))));
      // Welford's recurrence: no prediction is kept, and no two large sums are subtracted.
      const before: Tensor = mean ?? zerosLike(value);
      const distance = sub(value, before);
      mean = add(before, div(distance, pass + 1));
      squares = add(squares ?? zerosLike(value), mul(distance, sub(value, mean)));
    }
    return { mean: mean as Tensor, variance: div(squares as Tensor, passes) };
  });
}

function predictionOf(outputs: ReturnType<LayersModel['apply']>): Tensor {
  if (!Array.isArray(outputs)) return outputs as Tensor;
  throw new DownhillError({ code: 'unsupported', source: 'monteCarlo', problem: `the model has ${outputs.length} outputs` });
}
