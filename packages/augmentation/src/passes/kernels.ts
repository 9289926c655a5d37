import type { ColourEffect, NeighbourhoodEffect, PointwiseEffect } from '@downhill/core';
import { applyColour } from './colour.ts';
import type { Image, Range } from './image.ts';
import type { ResamplePass } from './pass.ts';
import { applyNeighbourhood } from './neighbourhood.ts';
import { applyPointwise } from './pointwise.ts';
import { resample } from './resample.ts';

/** The passes that take most of the time. But for `take`, an image that is given may be changed, and is not used any more. */
export interface Kernels {
  /** A copy of an image for the passes to change, until the next one is taken. */
  take(image: Image): Image;
  resample(image: Image, pass: ResamplePass): Image;
  applyColour(image: Image, effect: ColourEffect, range: Range): Image;
  applyPointwise(image: Image, effect: PointwiseEffect, range: Range): Image;
  applyNeighbourhood(image: Image, effect: NeighbourhoodEffect, range: Range): Image;
}

/** In JavaScript: what the others are compared with, and what runs where a page may not compile WebAssembly. */
export const portableKernels: Kernels = {
  take: (image) => ({ ...image, data: Float32Array.from(image.data) }),
  resample,
  applyColour(image, effect, range) {
    applyColour(image, effect, range);
    return image;
  },
  applyPointwise(image, effect, range) {
    applyPointwise(image, effect, range);
    return image;
  },
  applyNeighbourhood,
};
