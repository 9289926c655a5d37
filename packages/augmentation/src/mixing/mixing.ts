import { checkNumber } from '@downhill/core';
import { add, cast, gather, mul, oneHot, tensor1d, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';

/** A batch that can be mixed: the labels are classes, or shares of classes in rows. */
export interface LabelledImages {
  /** [batch, height, width, channels]: float32, or int32 levels, which come back as levels. */
  readonly images: Tensor4D;
  /** Classes [batch], or shares [batch, classes]: one-hot, soft, or mixed before. */
  readonly labels: Tensor;
}

/** The mixed images, and of each the shares of classes. */
export interface MixedImages {
  readonly images: Tensor4D;
  /** [batch, classes] */
  readonly labels: Tensor2D;
}

/** What both mixings need of the labels. */
export interface MixingOptions {
  /** Of the Beta distribution that the share λ is drawn from. @defaultValue 1 (Zhang et al. 2018 and Yun et al. 2019 for ImageNet: 0.2 and 1) */
  alpha?: number;
  /** The number of classes, where labels are classes. */
  classes?: number;
  /** What each class gets a part of: of the shares 1 - s stays, s is shared by all. @defaultValue 0 */
  labelSmoothing?: number;
}

/** @throws DownhillError `invalid-argument` */
export function checkMixing(source: string, { alpha = 1, classes = 1, labelSmoothing = 0 }: MixingOptions): void {
  checkNumber(source, { alpha }, { above: 0 });
  checkNumber(source, { classes }, { min: 1, integer: true });
  checkNumber(source, { labelSmoothing }, { min: 0, max: 1 });
}

/** Labels as rows of shares. */
export function sharesOf(labels: Tensor, { classes, labelSmoothing = 0 }: MixingOptions): Tensor2D {
  const count = labels.shape[1] ?? classes ?? 1;
  // the own values of oneHot for on and off come out as whole numbers on wasm
  const shares = cast(labels.rank === 2 ? labels : oneHot(cast(labels, 'int32'), count), 'float32') as Tensor2D;
  return labelSmoothing === 0 ? shares : add(mul(shares, 1 - labelSmoothing), labelSmoothing / count);
}

/** A share of each row and the rest of its partner. */
export const blended = (rows: Tensor2D, partners: readonly number[], share: number): Tensor2D =>
  add(mul(rows, share), mul(gather(rows, tensor1d([...partners], 'int32')), 1 - share));
