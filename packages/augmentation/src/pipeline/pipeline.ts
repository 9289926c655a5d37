import type { ImageSize, Json } from '@downhill/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { BoxOptions } from '../labels/boxes.ts';
import type { KeypointOptions } from '../labels/keypoints.ts';
import type { Augmented, LabelledBatch, OnlyKnown } from '../labels/labelled-batch.ts';
import type { MaskOptions } from '../labels/masks.ts';

/** Options of `compose`. */
export interface PipelineOptions {
  /** A safe integer. @defaultValue 0 */
  seed?: number;
  /** Tells two pipelines of one seed apart. @defaultValue 'images' */
  stream?: string;
  /**
   * Every operation by itself, with the roundings of torchvision: for images of whole levels as after each of its operations.
   * @defaultValue false
   */
  faithful?: boolean;
  /** How boxes are written, and which are kept. */
  boxes?: BoxOptions;
  /** Which keypoints are left and right. */
  keypoints?: KeypointOptions;
  masks?: MaskOptions;
}

/** Which images a batch holds. */
export interface Which {
  /** Epochs finished. @defaultValue 0 */
  readonly epoch?: number;
  /** Each image's index in the data set. @defaultValue 0, 1, ... */
  readonly samples?: ArrayLike<number>;
}

/** What chance decided: for each image a draw for each operation. Plain JSON. */
export type Drawn = readonly (readonly Json[])[];

/** Operations one after the other, as few ways through the images as they need. */
export interface Pipeline {
  /** What chance decides for a batch, with nothing done. */
  draw(batch: ImageSize & { readonly images: number }, which?: Which): Drawn;
  /**
   * The images after all operations: those of dtype float32 have values from 0 to 1, those of int32 levels from 0 to 255.
   *
   * @param images [batch, height, width, channels]; stays as it is.
   */
  apply(images: Tensor4D, which?: Which): Tensor4D;
  /**
   * Images with what is known about them, all under one draw: boxes and keypoints go where the pixels go, masks are moved without
   * interpolation, labels stay as they are. What chains of `augMix` move is mixed with the image, whose labels stay in their places.
   */
  apply<Given extends LabelledBatch>(batch: Given & OnlyKnown<Given>, which?: Which): Augmented<Given>;
  /** The same as draws of {@link Pipeline.draw} say, or others. */
  replay(images: Tensor4D, drawn: Drawn): Tensor4D;
  replay<Given extends LabelledBatch>(batch: Given & OnlyKnown<Given>, drawn: Drawn): Augmented<Given>;
  /**
   * The gradient by the images of a function whose gradient by what {@link Pipeline.apply} makes of them is given.
   *
   * @param gradient [batch, height, width, channels], of the size of the result; stays as it is.
   * @param images The same that were given to `apply`, of dtype float32.
   * @throws DownhillError `unsupported` where the pipeline holds more than geometry, matrices of colour and each channel's contrast.
   */
  pullBack(gradient: Tensor4D, images: Tensor4D, which?: Which): Tensor4D;
  /** What is done to an image, pass by pass, and why: with given draws, or those of the first sample. */
  explain(image: ImageSize, draws?: readonly Json[]): string;
}
