import { checkNumber } from '@downhill/core';
import { disposeBatch, lossOnBatch, type Batch, type LossObjective, type NamedVariable } from '@downhill/training';
import type { Scalar } from '@tensorflow/tfjs-core';
import { gradientsOf, readGradients } from '../differentiation/gradients.ts';
import { lossOfWeights } from '../differentiation/loss-of-weights.ts';
import { microBatches } from './micro-batches.ts';

/** Losses and gradients of the parts of a batch. */
export interface SampleGradients {
  /** One gradient a part, one number a weight: what `gradientMoments` takes. */
  readonly gradients: readonly Float64Array[];
  readonly losses: readonly number[];
  readonly examplesPerRow: number;
}

/** Options of {@link sampleGradients}. */
export interface SampleGradientsOptions extends LossObjective {
  /** Stays yours. */
  readonly batch: Batch;
  /** Into how many parts of equal size the batch is cut; as many as it has examples gives each example's gradient. @defaultValue 8 */
  readonly parts?: number;
}

/**
 * The gradients of the parts of a batch, whose spread says how sure the whole one is. Layers run as in inference, so that neither dropout nor the
 * statistics of small batches take part. Examples that are left over are left out.
 *
 * Cost: one pass forward and back over the batch, in parts.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'zeros' })] });
 * const batch = { xs: tf.ones([4, 2]), ys: tf.tensor2d([[1], [2], [3], [2]]) };
 * const { losses } = await sampleGradients({ model, loss: meanSquaredError, batch, parts: 4 });
 * losses; // [1, 4, 9, 4]
 *
 * @throws DownhillError `invalid-argument` where `parts` is no whole number of at least 2, or the model or loss is none.
 */
export function sampleGradients({ batch, parts = 8, ...objective }: SampleGradientsOptions): Promise<SampleGradients> {
  checkNumber('sampleGradients', { parts }, { min: 2, integer: true });
  const { weights } = lossOfWeights({ ...objective, batch });
  return gradientsOfParts(weights, batch, parts, (part) => lossOnBatch(objective, part, { training: false }));
}

/** @internal {@link sampleGradients} with its parts in hand. */
export async function gradientsOfParts(
  weights: readonly NamedVariable[],
  batch: Batch,
  parts: number,
  objective: (part: Batch) => Scalar,
): Promise<SampleGradients> {
  const batches = microBatches(batch, parts);
  try {
    const taken = batches.map((part) => gradientsOf({ kind: 'loss of weights', weights, loss: () => objective(part) }));
    const read = await Promise.all(taken.map(readGradients));
    return {
      gradients: read.map(({ gradient }) => gradient),
      losses: read.map(({ loss }) => loss),
      examplesPerRow: batches[0]?.ys.shape[0] ?? 1,
    };
  } finally {
    for (const part of batches) disposeBatch(part);
  }
}
