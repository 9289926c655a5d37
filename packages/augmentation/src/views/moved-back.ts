import type { Effect, GeometryEffect, ImageSize } from '@downhill/core';
import { geometryOf, pointMapOf } from '../labels/point-map.ts';
import type { Image } from '../passes/image.ts';
import { activeKernels, runEffects } from '../run-effects.ts';
import { shownBack } from './shown-back.ts';

/** A prediction where the pixels of the image are, weighted by how much of each the view has shown, and those weights. */
export function movedBack(
  effects: readonly Effect[],
  size: ImageSize,
  prediction: Image,
): { readonly prediction: Image; readonly coverage: Image } {
  const back = shownBack(pointMapOf(effects, size), size);
  const coverage = coverageOf(effects, size, prediction);
  return { prediction: kept(resampled(masked(prediction, coverage), back)), coverage: kept(resampled(coverage, back)) };
}

/** The kernels' own memory is used again for the next image. */
const kept = (image: Image): Image => ({ ...image, data: Float32Array.from(image.data) });

const resampled = (image: Image, effect: GeometryEffect): Image =>
  activeKernels().resample(image, { ...effect, window: { left: 0, top: 0, right: image.width, bottom: image.height } });

/** 1 where a view shows the image, 0 where it shows what lies outside. */
function coverageOf(effects: readonly Effect[], { height, width }: ImageSize, view: ImageSize): Image {
  const solid = { height, width, channels: 1, data: new Float32Array(height * width).fill(1) };
  const geometry = geometryOf(effects, solid).map((effect): Effect => ({
    ...effect,
    interpolation: 'nearest',
    border: 'constant',
    fill: undefined,
  }));
  const shape = [1, view.height, view.width, 1];
  return { ...view, channels: 1, data: runEffects([solid], () => geometry, { shape, range: 1, faithful: false }) };
}

const masked = (image: Image, coverage: Image): Image => ({
  ...image,
  data: image.data.map((value, i) => value * (coverage.data[Math.floor(i / image.channels)] ?? 0)),
});
