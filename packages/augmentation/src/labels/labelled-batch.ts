import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Point } from '../geometry/matrix.ts';
import type { FourNumbers } from './box-format.ts';
import type { FollowedBox } from './boxes.ts';
import type { Keypoint } from './keypoints.ts';

/** Images, and any of what is known about them. All of it stays as it is. */
export interface LabelledBatch {
  /** [batch, height, width, channels]: float32 from 0 to 1, or int32 levels from 0 to 255. */
  readonly images: Tensor4D;
  /** A row or a class for each image. */
  readonly labels?: Tensor;
  /** For each image its boxes, in pixels. */
  readonly boxes?: readonly (readonly FourNumbers[])[];
  /** For each image its points, in pixels. */
  readonly keypoints?: readonly (readonly (Point | Keypoint)[])[];
  /** [batch, height, width, channels], of the images' size: float32, int32 or bool, of which values are moved and never mixed. */
  readonly masks?: Tensor4D;
}

/** What became of them. */
interface Followed {
  readonly images: Tensor4D;
  readonly labels: Tensor;
  readonly boxes: readonly (readonly FollowedBox[])[];
  readonly keypoints: readonly (readonly Keypoint[])[];
  readonly masks: Tensor4D;
}

/** What a pipeline makes of a batch: what was given is there, and nothing else is. The caller disposes of the tensors. */
export type Augmented<Given extends LabelledBatch> = {
  readonly [Name in keyof Given as Name extends keyof Followed ? Name : never]: Name extends 'labels'
    ? Given[Name]
    : Name extends keyof Followed
      ? Followed[Name]
      : never;
};

/** Refuses what a batch has no place for, such as a misspelled name. */
export type OnlyKnown<Given> = { readonly [Name in Exclude<keyof Given, keyof LabelledBatch>]: never };
