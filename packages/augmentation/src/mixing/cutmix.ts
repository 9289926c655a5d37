import { betaFrom, checkNumber } from '@downhill/core';
import { tidy } from '@tensorflow/tfjs-core';
import { batchDraws, checkMixDraw, type WhichBatch } from './batch-draws.ts';
import { checkedPixels } from './checked-pixels.ts';
import { cutmixBox } from './cutmix-box.ts';
import { pastedImages, type Pixels } from './mixed-pixels.ts';
import { blended, checkMixing, sharesOf, type LabelledImages, type MixedImages, type MixingOptions } from './mixing.ts';

/** The share that the box leaves, the box's middle, and the partner of each image. */
export interface CutmixDraw {
  readonly lambda: number;
  readonly row: number;
  readonly column: number;
  readonly permutation: readonly number[];
}

/** Images with a box of others of their batch, labels by area. */
export interface Cutmix {
  draw(batch: { readonly images: number; readonly height: number; readonly width: number }, which?: WhichBatch): CutmixDraw;
  /** Mixes a batch; what it was stays as it is. */
  apply(batch: LabelledImages, which?: WhichBatch): MixedImages;
  /** Mixes as a draw says. */
  replay(batch: LabelledImages, draw: CutmixDraw): MixedImages;
}

/**
 * Pastes a box of another image of the batch into each, and mixes the labels by area (Yun et al. 2019, arXiv:1905.04899, equations 1 and 2,
 * the area as it is after the box was cut off at the edges, as in timm).
 *
 * @example
 * const mix = cutmix({ classes: 10 });
 * const { images } = mix.apply({ images: tf.zeros([4, 8, 8, 3]), labels: tf.tensor1d([1, 2, 3, 4], 'int32') });
 * images.shape; // [4, 8, 8, 3]
 *
 * @throws DownhillError `invalid-argument` for an alpha that is not above 0; when it is applied, where labels or `classes` are
 * missing, or labels are no classes and no shares; `unsupported` for boxes, keypoints or masks; `non-finite` for NaN in images.
 */
export function cutmix(options: MixingOptions = {}): Cutmix {
  const { alpha = 1 } = options;
  checkMixing('cutmix', options);
  const draw: Cutmix['draw'] = ({ images, height, width }, which = {}) => {
    checkNumber('cutmix', { height, width }, { min: 1, integer: true });
    const { draws, permutation } = batchDraws('cutmix', which, images);
    return { lambda: betaFrom(draws, alpha, alpha), row: draws.integer(height), column: draws.integer(width), permutation };
  };
  const mixed = ({ images, labels }: LabelledImages, pixels: Pixels, drawn: CutmixDraw): MixedImages => {
    const [, height, width] = images.shape;
    const { box, share } = cutmixBox(drawn, { height, width });
    return tidy(() => ({
      images: pastedImages(images, pixels, drawn.permutation, box),
      labels: blended(sharesOf(labels, options), drawn.permutation, share),
    }));
  };
  return {
    draw,
    apply(batch, which) {
      const pixels = checkedPixels('cutmix', batch, options);
      const [images, height, width] = batch.images.shape;
      return mixed(batch, pixels, draw({ images, height, width }, which));
    },
    replay(batch, drawn) {
      const pixels = checkedPixels('cutmix', batch, options);
      const [images, height, width] = batch.images.shape;
      checkMixDraw('cutmix', drawn, images);
      checkNumber('cutmix', { 'draw.row': drawn.row }, { min: 0, max: height - 1, integer: true });
      checkNumber('cutmix', { 'draw.column': drawn.column }, { min: 0, max: width - 1, integer: true });
      return mixed(batch, pixels, drawn);
    },
  };
}
