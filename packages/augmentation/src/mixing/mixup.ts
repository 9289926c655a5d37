import { betaFrom, checkNumber } from '@downhill/core';
import { tidy } from '@tensorflow/tfjs-core';
import { batchDraws, checkBatch, type WhichBatch } from './batch-draws.ts';
import { blended, sharesOf, type LabelledImages, type MixedImages, type MixingOptions } from './mixing.ts';

/** The share of each image's own, and the partner of each. */
export interface MixupDraw {
  readonly lambda: number;
  readonly permutation: readonly number[];
}

/** Images mixed with others of their batch, labels likewise. */
export interface Mixup {
  draw(images: number, which?: WhichBatch): MixupDraw;
  /** Mixes a batch; what it was stays as it is. */
  apply(batch: LabelledImages, which?: WhichBatch): MixedImages;
  /** Mixes as a draw says. */
  replay(batch: LabelledImages, draw: MixupDraw): MixedImages;
}

/**
 * Mixes each image and its label with another one's (Zhang et al. 2018, arXiv:1710.09412, equation 1; one λ a batch, as in timm):
 *
 *     x = λ xᵢ + (1 - λ) xⱼ,  y = λ yᵢ + (1 - λ) yⱼ,  λ ~ Beta(α, α)
 *
 * @example
 * const mix = mixup({ alpha: 0.2, classes: 10 });
 * const { labels } = mix.apply({ images: tf.zeros([4, 8, 8, 3]), labels: tf.tensor1d([1, 2, 3, 4], 'int32') });
 * labels.shape; // [4, 10]
 *
 * @throws DownhillError `invalid-argument` for an alpha that is not above 0; when it is applied, where labels or `classes` are missing.
 */
export function mixup(options: MixingOptions = {}): Mixup {
  const { alpha = 1, labelSmoothing = 0 } = options;
  checkNumber('mixup', { alpha }, { above: 0 });
  checkNumber('mixup', { labelSmoothing }, { min: 0, max: 1 });
  const draw = (images: number, which: WhichBatch = {}): MixupDraw => {
    const { draws, permutation } = batchDraws('mixup', which, images);
    return { lambda: betaFrom(draws, alpha, alpha), permutation };
  };
  const replay = (batch: LabelledImages, { lambda, permutation }: MixupDraw): MixedImages => {
    checkBatch('mixup', batch);
    return tidy(() => ({
      images: blended(batch.images, permutation, lambda),
      labels: blended(sharesOf('mixup', batch.labels, options), permutation, lambda),
    }));
  };
  return { draw, replay, apply: (batch, which) => replay(batch, draw(batch.images.shape[0], which)) };
}
