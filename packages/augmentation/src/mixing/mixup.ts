import { betaFrom } from '@downhill/core';
import { tidy } from '@tensorflow/tfjs-core';
import { batchDraws, checkMixDraw, type WhichBatch } from './batch-draws.ts';
import { checkedPixels } from './checked-pixels.ts';
import { blendedImages, type Pixels } from './mixed-pixels.ts';
import { blended, checkMixing, sharesOf, type LabelledImages, type MixedImages, type MixingOptions } from './mixing.ts';

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
 * @throws DownhillError `invalid-argument` for an alpha that is not above 0; when it is applied, where labels or `classes` are
 * missing, or labels are no classes and no shares; `unsupported` for boxes, keypoints or masks; `non-finite` for NaN in images.
 */
export function mixup(options: MixingOptions = {}): Mixup {
  const { alpha = 1 } = options;
  checkMixing('mixup', options);
  const draw = (images: number, which: WhichBatch = {}): MixupDraw => {
    const { draws, permutation } = batchDraws('mixup', which, images);
    return { lambda: betaFrom(draws, alpha, alpha), permutation };
  };
  const mixed = ({ images, labels }: LabelledImages, pixels: Pixels, { lambda, permutation }: MixupDraw): MixedImages =>
    tidy(() => ({
      images: blendedImages(images, pixels, permutation, lambda),
      labels: blended(sharesOf(labels, options), permutation, lambda),
    }));
  return {
    draw,
    apply(batch, which) {
      const pixels = checkedPixels('mixup', batch, options);
      return mixed(batch, pixels, draw(batch.images.shape[0], which));
    },
    replay(batch, drawn) {
      const pixels = checkedPixels('mixup', batch, options);
      checkMixDraw('mixup', drawn, batch.images.shape[0]);
      return mixed(batch, pixels, drawn);
    },
  };
}
