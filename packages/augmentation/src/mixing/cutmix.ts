import { betaFrom, checkNumber } from '@downhill/core';
import { tensor, tidy, where, type Tensor4D } from '@tensorflow/tfjs-core';
import { batchDraws, checkMixDraw, type WhichBatch } from './batch-draws.ts';
import { checkBatch } from './check-batch.ts';
import { blended, checkMixing, partnersOf, sharesOf, type LabelledImages, type MixedImages, type MixingOptions } from './mixing.ts';

/** The share that the box leaves, the box's middle, and the partner of each image. */
export interface CutmixDraw {
  readonly lambda: number;
  readonly row: number;
  readonly column: number;
  readonly permutation: readonly number[];
}

/** A box of pixels, from the first to before the second. */
export interface CutmixBox {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Images with a box of others of their batch, labels by area. */
export interface Cutmix {
  draw(batch: { readonly images: number; readonly height: number; readonly width: number }, which?: WhichBatch): CutmixDraw;
  /** Mixes a batch; what it was stays as it is. */
  apply(batch: LabelledImages, which?: WhichBatch): MixedImages;
  /** Mixes as a draw says. */
  replay(batch: LabelledImages, draw: CutmixDraw): MixedImages;
}

/** The box of a draw, cut off at the image's edges, and the share of the image that is left. */
export function cutmixBox(
  { lambda, row, column }: Omit<CutmixDraw, 'permutation'>,
  { height, width }: { readonly height: number; readonly width: number },
): { readonly box: CutmixBox; readonly share: number } {
  const ratio = Math.sqrt(1 - lambda);
  const [halfHeight, halfWidth] = [height, width].map((side) => Math.floor(Math.trunc(side * ratio) / 2)) as [number, number];
  const inside = (value: number, side: number): number => Math.min(side, Math.max(0, value));
  const box = {
    top: inside(row - halfHeight, height),
    bottom: inside(row + halfHeight, height),
    left: inside(column - halfWidth, width),
    right: inside(column + halfWidth, width),
  };
  return { box, share: 1 - ((box.bottom - box.top) * (box.right - box.left)) / (height * width) };
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
  const mixed = ({ images, labels }: LabelledImages, drawn: CutmixDraw): MixedImages => {
    const [, height, width] = images.shape;
    const { box, share } = cutmixBox(drawn, { height, width });
    return tidy(() => ({
      images: where(maskOf(box, height, width), partnersOf(images, drawn.permutation), images),
      labels: blended(sharesOf(labels, options), drawn.permutation, share),
    }));
  };
  return {
    draw,
    apply(batch, which) {
      checkBatch('cutmix', batch, options);
      const [images, height, width] = batch.images.shape;
      return mixed(batch, draw({ images, height, width }, which));
    },
    replay(batch, drawn) {
      checkBatch('cutmix', batch, options);
      const [images, height, width] = batch.images.shape;
      checkMixDraw('cutmix', drawn, images);
      checkNumber('cutmix', { 'draw.row': drawn.row }, { min: 0, max: height - 1, integer: true });
      checkNumber('cutmix', { 'draw.column': drawn.column }, { min: 0, max: width - 1, integer: true });
      return mixed(batch, drawn);
    },
  };
}

function maskOf({ top, bottom, left, right }: CutmixBox, height: number, width: number): Tensor4D {
  const inside = (i: number): boolean => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row >= top && row < bottom && column >= left && column < right;
  };
  return tensor(
    Array.from({ length: height * width }, (_, i) => inside(i)),
    [1, height, width, 1],
    'bool',
  );
}
