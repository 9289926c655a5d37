import type { Effect } from '@downhill/core';
import { clone, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { tensorOfImages } from '../images.ts';
import { runEffects } from '../run-effects.ts';
import type { Walk } from '../walk.ts';
import { boxesAfter } from './boxes.ts';
import { keypointsAfter } from './keypoints.ts';
import type { Augmented, LabelledBatch } from './labelled-batch.ts';
import { tensorOfMasks } from './masks.ts';
import { geometryOf, pointMapOf } from './point-map.ts';
import type { LabelSettings, ReadBatch } from './read-batch.ts';

/** A batch after the walks of its images: lists first, since what cannot follow must be told before pixels are moved. */
export function augmented(
  batch: ReadBatch,
  walks: readonly Walk[],
  settings: LabelSettings & { readonly faithful: boolean },
): Augmented<LabelledBatch> {
  const { labels, masks } = batch.given;
  const lists = listsAfter(batch, walks, settings);
  const tensors = tidy(() => ({
    images: imagesAfter(batch, walks, settings.faithful),
    ...(labels === undefined ? {} : { labels: clone(labels) }),
    ...(masks === undefined ? {} : { masks: masksAfter(batch, masks, walks, settings) }),
  }));
  return { ...tensors, ...lists };
}

function listsAfter(
  { given: { boxes, keypoints } }: ReadBatch,
  walks: readonly Walk[],
  settings: LabelSettings,
): Pick<Augmented<LabelledBatch>, 'boxes' | 'keypoints'> {
  if (boxes === undefined && keypoints === undefined) return {};
  const maps = walks.map(({ effects, from }) => pointMapOf(effects, from));
  return {
    ...(boxes === undefined ? {} : { boxes: maps.map((map, i) => boxesAfter(map, boxes[i] ?? [], settings.boxes)) }),
    ...(keypoints === undefined ? {} : { keypoints: maps.map((map, i) => keypointsAfter(map, keypoints[i] ?? [], settings.swaps)) }),
  };
}

function imagesAfter({ given, images, range }: ReadBatch, walks: readonly Walk[], faithful: boolean): Tensor4D {
  const shape = shapeAfter(given.images, walks);
  const values = runEffects(images, (i) => walks[i]?.effects ?? [], { shape, range, faithful });
  return tensorOfImages(values, shape, given.images.dtype, range);
}

function masksAfter(
  { masks }: ReadBatch,
  { shape: before, dtype }: Tensor4D,
  walks: readonly Walk[],
  { outside, faithful }: LabelSettings & { readonly faithful: boolean },
): Tensor4D {
  const shape = shapeAfter({ shape: before }, walks);
  const effectsOf = ({ effects, from }: Walk): readonly Effect[] =>
    geometryOf(effects, from).map((effect) => ({ ...effect, interpolation: 'nearest', fill: [outside] }));
  const values = runEffects(masks, (i) => walks.slice(i, i + 1).flatMap(effectsOf), { shape, range: 1, faithful });
  return tensorOfMasks(values, shape, dtype);
}

function shapeAfter({ shape: [count, , , channels] }: Pick<Tensor4D, 'shape'>, walks: readonly Walk[]): Tensor4D['shape'] {
  const { height, width } = walks[0]?.size ?? { height: 0, width: 0 };
  return [count, height, width, channels];
}
