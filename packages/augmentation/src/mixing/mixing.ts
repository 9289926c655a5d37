import { DownhillError, show } from '@downhill/core';
import { add, cast, gather, mul, oneHot, tensor1d, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';

/** A batch that can be mixed: the labels are classes, or shares of classes in rows. */
export interface LabelledImages {
  /** [batch, height, width, channels], float32. */
  readonly images: Tensor4D;
  /** [batch] of int32, or [batch, classes]. */
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
  /** What each class gets a part of: of the one-hot labels 1 - s stays, s is shared by all. @defaultValue 0 */
  labelSmoothing?: number;
}

/** Labels as rows of shares. @throws DownhillError `invalid-argument` where `classes` is needed and not given. */
export function sharesOf(source: string, labels: Tensor, { classes, labelSmoothing = 0 }: MixingOptions): Tensor2D {
  if (labels.rank === 2) return cast(labels, 'float32') as Tensor2D;
  if (labels.rank !== 1 || classes === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`classes\` must be given for labels of shape ${show(labels.shape)}`,
      advice: 'Give the number of classes, or labels of shape [batch, classes].',
    });
  const hot = cast(oneHot(cast(labels, 'int32'), classes), 'float32'); // its own values for on and off come out as whole numbers on wasm
  return add(mul(hot, 1 - labelSmoothing), labelSmoothing / classes);
}

/** A share of each row and the rest of its partner. */
export const blended = <Kind extends Tensor>(rows: Kind, partners: readonly number[], share: number): Kind =>
  add(mul(rows, share), mul(partnersOf(rows, partners), 1 - share));

export const partnersOf = <Kind extends Tensor>(rows: Kind, partners: readonly number[]): Kind =>
  gather(rows, tensor1d([...partners], 'int32'));
