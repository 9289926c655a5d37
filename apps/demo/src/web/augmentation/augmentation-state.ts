import { PICTURE_NAMES, type PictureName } from './picture/built-in.ts';

/** An operation of the pipeline, with its number where it has one. */
export interface Step {
  readonly operation: string;
  readonly value: number;
}

/** All that the view shows, but for a picture of the visitor's own; what the address of the page holds. */
export interface AugmentationState {
  readonly picture: PictureName;
  /** What the picture is mixed with. */
  readonly partner: PictureName;
  readonly steps: readonly Step[];
  readonly seed: number;
  readonly epoch: number;
  /** The sample whose plan is shown. */
  readonly sample: number;
  /** Of all operations in the gallery: from 0, where they do least, to 1. */
  readonly strength: number;
  /** Of mixup and cutmix. */
  readonly alpha: number;
}

export const SAMPLES = 8;
export const MIXED = 4;
export const MOST_STEPS = 6;
export const MOST_SEED = 9999;
export const MOST_EPOCH = 999;
export const ALPHA = { min: 0.05, max: 8 } as const;

export const DEFAULT_STATE: AugmentationState = {
  picture: PICTURE_NAMES[0],
  partner: PICTURE_NAMES[1],
  steps: [
    { operation: 'resizedCrop', value: 0.3 },
    { operation: 'flip', value: 0.5 },
    { operation: 'brightness', value: 0.4 },
    { operation: 'saturation', value: 0.8 },
    { operation: 'cutout', value: 32 },
  ],
  seed: 1,
  epoch: 0,
  sample: 0,
  strength: 0.5,
  alpha: 1,
};
