import { DownhillError, nearest, show } from '@downhill/core';
import { Tensor } from '@tensorflow/tfjs-core';
import { imagesOf, type ReadImages } from '../images.ts';
import type { Image } from '../passes/image.ts';
import { checkBoxes } from './box-format.ts';
import type { BoxOptions } from './boxes.ts';
import { checkKeypoints, type Swaps } from './keypoints.ts';
import type { LabelledBatch } from './labelled-batch.ts';
import { masksOf } from './masks.ts';

/** What labels are, as the options of a pipeline say. */
export interface LabelSettings {
  readonly boxes: Required<BoxOptions>;
  readonly swaps: Swaps;
  /** The value of masks outside the image. */
  readonly outside: number;
}

/** A batch that was checked, with its values at hand. */
export interface ReadBatch extends ReadImages {
  readonly given: LabelledBatch;
  readonly masks: readonly Image[];
}

const NAMES = ['images', 'labels', 'boxes', 'keypoints', 'masks'];

/** @throws DownhillError `invalid-argument`, `shape-mismatch`, `non-finite` for a batch that cannot be augmented. */
export function readBatch(given: LabelledBatch, faithful: boolean, { boxes, swaps }: LabelSettings): ReadBatch {
  checkNames(given);
  const read = imagesOf(given.images, faithful);
  const [size] = read.images;
  const count = read.images.length;
  if (given.labels !== undefined) checkCount('labels', given.labels.shape[0], count);
  if (given.boxes !== undefined) checkCount('boxes', given.boxes.length, count);
  if (given.keypoints !== undefined) checkCount('keypoints', given.keypoints.length, count);
  if (size !== undefined)
    for (const [i, own] of (given.boxes ?? []).entries()) checkBoxes('compose', `boxes[${i}]`, own, boxes.format, size);
  for (const [i, own] of (given.keypoints ?? []).entries()) checkKeypoints('compose', `keypoints[${i}]`, own, swaps);
  return { ...read, given, masks: given.masks === undefined ? [] : masksOf('compose', given.masks, given.images.shape) };
}

function checkNames(given: LabelledBatch | undefined): void {
  const names = Object.keys(given ?? {});
  const stray = names.find((name) => !NAMES.includes(name));
  const near = stray === undefined ? undefined : nearest(stray, NAMES);
  if (stray !== undefined || !(given?.images instanceof Tensor))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'compose',
      problem: `a batch must be images, or { images } with any of ${NAMES.slice(1).join(', ')}, got ${names.join(', ') || show(given)}`,
      ...(near === undefined ? {} : { advice: `Did you mean \`${near}\`?` }),
    });
  for (const name of ['labels', 'masks'] as const)
    if (given[name] !== undefined && !(given[name] instanceof Tensor))
      throw new DownhillError({
        code: 'invalid-argument',
        source: 'compose',
        problem: `\`${name}\` must be a tensor, got ${show(given[name])}`,
      });
}

function checkCount(name: string, got: number | undefined, count: number): void {
  if (got === count) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'compose',
    problem: `\`${name}\` must have an entry for each of ${count} images, got ${got ?? 'a single one'}`,
    advice: 'An image without any has an empty list.',
  });
}
