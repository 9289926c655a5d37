import { checkNumber, complete, DownhillError } from '@downhill/core';
import { restoreWeights, type TrainableModel } from '@downhill/training';
import type { Outputs } from '../outputs.ts';
import { swap, type SwapOptions } from './swap.ts';
import type { SwagPosterior, SwagSampleOptions } from './swag-posterior.ts';

/** Options of {@link swagPredictions}. */
export interface SwagPredictionsOptions extends SwapOptions, Pick<SwagSampleOptions, 'seed' | 'scale' | 'diagonal'> {
  /** How many sets of weights are drawn. @defaultValue 30 (Maddox et al. 2019, section 5) */
  readonly samples?: number;
}

/** What the samples say, and on average. */
export interface SwagPredictions {
  /** Bayesian model averaging: the mean of the samples' outputs, which must be probabilities or values, not logits. */
  readonly mean: Outputs;
  /** Of each sample: for measures of uncertainty. */
  readonly samples: readonly Outputs[];
}

/**
 * Predictions by Monte Carlo over weights drawn from a SWAG posterior; the model has its own weights again afterwards.
 *
 *     p(y | x) = 1/S Σ p(y | x, θ̃ₛ)        θ̃ₛ drawn from the posterior
 *
 * Maddox et al. 2019, algorithm 1 (arXiv:1902.02476), which re-estimates the statistics of batch normalizations for each sample: see `reestimate`.
 *
 * @param predict What the model puts out for the examples, with the weights that it has at the time.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([0]), true, 'w');
 * const model = { variables: [w], predict: (x) => x.mul(w) };
 * const posterior = swagPosterior();
 * for (const value of [1, 2, 3]) posterior.collect(new Map([['model/w', { dtype: 'float32', shape: [1], values: Float32Array.of(value) }]]));
 * const found = await swagPredictions(model, posterior, () => ({ values: w.dataSync().slice(), shape: [1, 1] }), { samples: 5 });
 * found.samples.length; // 5
 * w.dataSync()[0]; // 0
 *
 * @throws DownhillError `invalid-argument` for wrong options or fewer than 2 sets of weights, `state-mismatch` where they are another model's, `shape-mismatch`
 * where `predict` gives another shape for another sample.
 */
export async function swagPredictions<Model extends TrainableModel>(
  model: Model,
  posterior: SwagPosterior,
  predict: (model: Model) => Outputs | Promise<Outputs>,
  options: SwagPredictionsOptions = {},
): Promise<SwagPredictions> {
  const defaults = { samples: 30, seed: 0, scale: 1, diagonal: false, reestimate: undefined };
  const { samples: count, reestimate, ...sampling } = complete('swagPredictions', options, defaults);
  checkNumber('swagPredictions', { samples: count }, { min: 1, integer: true });
  const samples: Outputs[] = [];
  for (let index = 0; index < count; index++) {
    const weights = posterior.sample({ ...sampling, index });
    const put = (): void => restoreWeights(model, weights, 'swagPredictions', { partial: true });
    samples.push(await swap(model, { source: 'swagPredictions', reestimate, put, use: () => predict(model) }));
  }
  return { mean: meanOf(samples), samples };
}

function meanOf(samples: readonly Outputs[]): Outputs {
  const [first] = samples;
  const shape = first?.shape ?? [0, 0];
  const other = samples.find((sample) => sample.shape.join() !== shape.join());
  if (other !== undefined)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'swagPredictions',
      problem: `\`predict\` must give the same shape for every sample, got [${shape.join(', ')}] and [${other.shape.join(', ')}]`,
      advice: 'Predict for the same examples each time.',
    });
  const values = Float64Array.from(
    first?.values ?? [],
    (_, i) => samples.reduce((sum, its) => sum + (its.values[i] ?? 0), 0) / samples.length,
  );
  return { values, shape };
}
