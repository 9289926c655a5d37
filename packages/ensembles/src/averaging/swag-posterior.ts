import { checkNumber, complete, DownhillError, randomStream, streamKey } from '@downhill/core';
import type { StoredTensor } from '@downhill/training';
import { checkAlike, type Weights } from './structure.ts';

/** Options of {@link swagPosterior}. */
export interface SwagPosteriorOptions {
  /** Columns of the low-rank part: the last so many deviations; 0 keeps none. @defaultValue 20 (Maddox et al. 2019, section 5) */
  readonly maxRank?: number;
}

/** Options of {@link SwagPosterior.sample}. */
export interface SwagSampleOptions {
  /** @defaultValue 0 */
  readonly seed?: number;
  /** Which sample of the seed. @defaultValue 0 */
  readonly index?: number;
  /** What the covariance is multiplied by, at least 0. @defaultValue 1 (the paper's algorithm 1) */
  readonly scale?: number;
  /** Only the variances, without the low-rank part: SWAG-Diagonal. @defaultValue false */
  readonly diagonal?: boolean;
  /** Standard normal numbers in place of the seed's: one for each weight, one for each deviation. @defaultValue those of the seed */
  readonly noise?: { readonly weights: (i: number) => number; readonly deviations: (k: number) => number };
}

/** A normal distribution over a model's weights, fitted to those that it went through. */
export interface SwagPosterior {
  readonly maxRank: number;
  /** Sets of weights that were collected. */
  readonly snapshots: number;
  /** The moments of each tensor, for the curious and for saving. */
  readonly moments: ReadonlyMap<string, SwagMoments>;
  /** Takes one more set of weights of the model into account. */
  collect(weights: Weights): void;
  /** The mean: the weights of stochastic weight averaging. */
  mean(): Map<string, StoredTensor>;
  /** Weights drawn at random; the same seed and index give the same ones everywhere. */
  sample(options?: SwagSampleOptions): Map<string, StoredTensor>;
  /** Takes over moments that were kept. */
  load(snapshots: number, moments: ReadonlyMap<string, SwagMoments>): void;
}

/** What is known of one tensor's weights, in its order. */
export interface SwagMoments {
  readonly shape: readonly number[];
  readonly mean: Float64Array;
  readonly squareMean: Float64Array;
  /** The last deviations from the running mean, oldest first. */
  readonly deviations: readonly Float32Array[];
}

const SMALLEST_VARIANCE = 1e-30; // the authors' var_clamp

/**
 * The variance of each weight, never 0.
 *
 * @example
 * const moments = { shape: [1], mean: Float64Array.of(2), squareMean: Float64Array.of(5), deviations: [] };
 * swagVariance(moments)[0]; // 1
 */
export const swagVariance = ({ mean, squareMean }: SwagMoments): Float64Array =>
  squareMean.map((square, i) => Math.max(square - (mean[i] ?? 0) ** 2, SMALLEST_VARIANCE));

/**
 * SWAG: a normal distribution around the average of the weights, its covariance a diagonal and a low-rank part.
 *
 *     θ̄ₙ = (n θ̄ₙ₋₁ + θ) / (n + 1),  the same for θ²;   σ² = max(mean of θ² − θ̄², 1e-30);   D: the last K deviations θ − θ̄ₙ
 *     θ̃ = θ̄ + √scale · (σ z₁ / √2 + D z₂ / √(2 (K − 1)))        diagonal:  θ̃ = θ̄ + √scale · σ z₁
 *
 * Maddox et al. 2019, algorithm 1 (arXiv:1902.02476). Means in float64. Memory: 4 numbers and `maxRank` more for each weight. Give it the trained weights alone
 * (`captureWeights(model, { trainable: true })`): statistics of batch normalizations are no weights.
 *
 * @example
 * const posterior = swagPosterior({ maxRank: 2 });
 * for (const w of [1, 2, 6]) posterior.collect(new Map([['model/w', { dtype: 'float32', shape: [1], values: Float32Array.of(w) }]]));
 * posterior.mean().get('model/w').values[0]; // 3
 *
 * @throws DownhillError `invalid-argument` where `maxRank` is no whole number; from `collect` `state-mismatch`, naming the first difference, for another
 * model's weights; from `sample` `invalid-argument` with fewer than 2 sets of weights.
 */
export function swagPosterior(options: SwagPosteriorOptions = {}): SwagPosterior {
  const { maxRank } = complete('swagPosterior', options, { maxRank: 20 });
  checkNumber('swagPosterior', { maxRank }, { min: 0, integer: true });
  let moments: ReadonlyMap<string, SwagMoments> = new Map();
  let snapshots = 0;
  const built = (make: (moments: SwagMoments) => Float32Array): Map<string, StoredTensor> =>
    new Map([...moments].map(([name, its]) => [name, { dtype: 'float32', shape: its.shape, values: make(its) }]));
  return {
    maxRank,
    get snapshots() {
      return snapshots;
    },
    get moments() {
      return moments;
    },
    collect(given) {
      const weights = new Map([...given].filter(([, { dtype }]) => dtype === 'float32'));
      const first = snapshots === 0 ? weights : built(() => new Float32Array(0));
      checkAlike('swagPosterior', first, weights, `set ${snapshots + 1}`);
      moments = new Map([...weights].map(([name, tensor]) => [name, taken(moments.get(name), tensor, snapshots, maxRank)]));
      snapshots += 1;
    },
    mean: () => built(({ mean }) => Float32Array.from(mean)),
    sample(sampling = {}) {
      const defaults = { seed: 0, index: 0, scale: 1, diagonal: false, noise: undefined };
      const { seed, index, scale, diagonal, noise } = complete('swagPosterior: sample', sampling, defaults);
      checkNumber('swagPosterior: sample', { seed, index }, { integer: true });
      checkNumber('swagPosterior: sample', { scale }, { min: 0 });
      const columns = diagonal ? 0 : Math.min(maxRank, snapshots);
      if (snapshots < 2 || columns === 1)
        throw new DownhillError({
          code: 'invalid-argument',
          source: 'swagPosterior',
          problem: `a sample needs at least 2 sets of weights and a rank of 2, got ${snapshots} and ${columns}`,
          advice: 'Collect more of them, or pass diagonal: true.',
        });
      const ofWeights = noise?.weights ?? randomStream(streamKey(seed, 'swag', index, 'weights')).normalAt;
      const ofDeviations = noise?.deviations ?? randomStream(streamKey(seed, 'swag', index, 'deviations')).normalAt;
      const z2 = Array.from({ length: columns }, (_, k) => (ofDeviations(k) * Math.sqrt(scale)) / Math.sqrt(2 * (columns - 1)));
      const z1Factor = Math.sqrt(scale) * (columns === 0 ? 1 : Math.SQRT1_2);
      let place = 0;
      return built((its) => {
        const first = place;
        place += its.mean.length;
        const variance = swagVariance(its);
        return Float32Array.from(its.mean, (mean, i) => {
          const lowRank = z2.reduce((sum, z, k) => sum + z * (its.deviations[k]?.[i] ?? 0), 0);
          return mean + z1Factor * Math.sqrt(variance[i] ?? 0) * ofWeights(first + i) + lowRank;
        });
      });
    },
    load(count, kept) {
      [snapshots, moments] = [count, kept];
    },
  };
}

/** The moments with one more set of weights. */
function taken(before: SwagMoments | undefined, { shape, values }: StoredTensor, n: number, maxRank: number): SwagMoments {
  const mixed = (old: Float64Array | undefined, of: (value: number) => number): Float64Array =>
    Float64Array.from(values, (value, i) => (n * (old?.[i] ?? 0) + of(value)) / (n + 1));
  const mean = mixed(before?.mean, (value) => value);
  const deviation = Float32Array.from(values, (value, i) => value - (mean[i] ?? 0));
  const deviations = maxRank === 0 ? [] : [...(before?.deviations ?? []), deviation].slice(-maxRank);
  return { shape, mean, squareMean: mixed(before?.squareMean, (value) => value * value), deviations };
}
