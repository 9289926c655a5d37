import { checkOneOf, DownhillError } from '@downhill/core';
import { dispose, keep, moments, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import { flatLayers } from './flat-layers.ts';
import { mergeMoments, type Moments } from './moments.ts';

/** Batches as the training loop takes them, of which the inputs are used; each is disposed of. */
export interface InputBatches {
  batches(epoch: number): Iterable<InputBatch> | AsyncIterable<InputBatch>;
}

/** A batch: its inputs, and what else comes with them. */
export interface InputBatch {
  readonly xs: Tensor | Tensor[];
  readonly ys?: Tensor;
  readonly weights?: Tensor;
}

/** Options of {@link reestimateBatchNorm}. */
export interface ReestimateOptions {
  /**
   * `layer by layer` goes over the data once for each such layer, behind those that are done: the exact statistics of the whole set as
   * inference sees it, whatever the batch size. `at once` goes over it once, each layer normalizing by the batch at hand, as stochastic weight averaging does
   * (Izmailov et al. 2018, algorithm 1): faster for deep nets, and exact for the first layer alone. @defaultValue 'layer by layer'
   */
  readonly passes?: 'layer by layer' | 'at once';
  /** Whether the variance is over n − 1, as PyTorch keeps it, instead of n, as tfjs and Keras do. @defaultValue false */
  readonly unbiased?: boolean;
}

type BatchNorm = layers.Layer & { axis: number; movingMean: LayerVariable; movingVariance: LayerVariable };

/**
 * Sets the moving statistics of a model's batch normalizations to those of a data set: after weights were averaged or merged, the old ones are
 * those of other activations. Every example counts the same, also those of a last, smaller batch. Dropout is off, as in inference.
 *
 * @returns How many layers were set: 0 where the model has none.
 *
 * @example
 * await reestimateBatchNorm(model, batches(data, { batchSize: 64, shuffle: false })); // 0
 *
 * @throws DownhillError `data-invalid` where there is no batch, `non-finite` where activations are; the statistics are the old ones then.
 */
export async function reestimateBatchNorm(
  model: LayersModel,
  batches: InputBatches,
  { passes = 'layer by layer', unbiased = false }: ReestimateOptions = {},
): Promise<number> {
  checkOneOf('reestimateBatchNorm', 'passes', passes, ['layer by layer', 'at once']);
  const found = batchNorms(model);
  const before = found.map((layer) =>
    [layer.movingMean, layer.movingVariance].map((weight) => ({ weight, values: weight.read().dataSync().slice() })),
  );
  try {
    if (passes === 'at once') {
      const all = await momentsOf(model, batches, found, true);
      found.forEach((layer, i) => setStatistics(layer, all[i], unbiased));
    } else
      for (const layer of found) {
        const [its] = await momentsOf(model, batches, [layer], false);
        setStatistics(layer, its, unbiased);
      }
    return found.length;
  } catch (error) {
    for (const { weight, values } of before.flat()) write(weight, values as Float32Array);
    throw error;
  }
}

const batchNorms = (model: LayersModel): BatchNorm[] =>
  flatLayers(model).filter((layer): layer is BatchNorm => layer.getClassName() === 'BatchNormalization');

/** What comes into some layers, over all batches. */
async function momentsOf(
  model: LayersModel,
  source: InputBatches,
  watched: readonly BatchNorm[],
  byBatch: boolean,
): Promise<(Moments | undefined)[]> {
  const sums: (Moments | undefined)[] = watched.map(() => undefined);
  for await (const { xs, ys, weights } of source.batches(0)) {
    const seen: { readonly index: number; readonly count: number; readonly tensors: readonly [mean: Tensor, variance: Tensor] }[] = [];
    try {
      const watch = watched.map((layer, index) => listen(layer, byBatch, (count, tensors) => seen.push({ index, count, tensors })));
      try {
        dispose(tidy(() => model.apply(xs, { training: false }) as Tensor | Tensor[]));
      } finally {
        for (const stop of watch) stop();
      }
      for (const { index, count, tensors } of seen) {
        const [mean, variance] = await Promise.all(tensors.map((tensor) => tensor.data()));
        sums[index] = mergeMoments(sums[index], {
          count,
          mean: Float64Array.from(mean ?? []),
          variance: Float64Array.from(variance ?? []),
        });
      }
    } finally {
      dispose(seen.flatMap(({ tensors }) => [...tensors]));
      dispose([xs, ys, weights].flat().filter((tensor) => tensor !== undefined));
    }
  }
  return sums;
}

/** Reports the moments of whatever a layer is called with, until it is told to stop. */
function listen(layer: BatchNorm, byBatch: boolean, report: (count: number, tensors: readonly [Tensor, Tensor]) => void): () => void {
  const own = layer.call;
  const { movingMean, movingVariance } = layer;
  layer.call = (inputs, kwargs) => {
    const x = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    const axis = layer.axis < 0 ? layer.axis + x.rank : layer.axis;
    const { mean, variance } = moments(x, x.shape.map((_, i) => i).filter((i) => i !== axis)); // prettier-ignore
    report(x.size / (x.shape[axis] ?? 1), [keep(mean), keep(variance)]);
    if (!byBatch) return own.call(layer, inputs, kwargs);
    layer.movingMean = { read: () => mean } as LayerVariable;
    layer.movingVariance = { read: () => variance } as LayerVariable;
    try {
      return own.call(layer, inputs, kwargs);
    } finally {
      Object.assign(layer, { movingMean, movingVariance });
    }
  };
  return () => {
    delete (layer as Partial<BatchNorm>).call; // the class's own is there again
  };
}

function setStatistics(layer: BatchNorm, found: Moments | undefined, unbiased: boolean): void {
  if (found === undefined)
    throw new DownhillError({
      code: 'data-invalid',
      source: 'reestimateBatchNorm',
      problem: `\`batches\` gave no batch for ${layer.name}`,
      advice: 'Pass a source whose batches(0) can be asked for again.',
    });
  const { count, mean, variance } = found;
  if (![...mean, ...variance].every(Number.isFinite))
    throw new DownhillError({ code: 'non-finite', source: 'reestimateBatchNorm', problem: `what comes into ${layer.name} is not finite` });
  const correction = unbiased && count > 1 ? count / (count - 1) : 1;
  write(layer.movingMean, Float32Array.from(mean));
  write(
    layer.movingVariance,
    Float32Array.from(variance, (value) => value * correction),
  );
}

function write(weight: LayerVariable, values: Float32Array): void {
  tidy(() => {
    weight.write(tensor1d(values));
  });
}
