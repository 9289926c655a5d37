import {
  augmentation,
  checkNumber,
  checkOneOf,
  DownhillError,
  type Augmentation,
  type Draws,
  type ImageSize,
  type NumberRule,
} from '@downhill/core';
import { cropped } from '../geometry/crop-geometry.ts';
import { sizeOf, type Size } from './size.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { resamplingOf, type ResamplingOptions } from './resampling.ts';

/** Options of {@link crop}. */
export interface CropOptions extends Omit<ResamplingOptions, 'interpolation'> {
  size: Size;
  /** Pixels that are put around the image first. @defaultValue 0 */
  padding?: number;
  /** Whether a smaller image gets as many pixels around it as the box needs; else that is an error. @defaultValue false (torchvision) */
  padIfNeeded?: boolean;
  /** `'random'`, or the middle. @defaultValue 'random' */
  place?: 'random' | 'centre';
}

/** The box's corner in the image; with padding it may lie outside. */
export interface CropDraw {
  readonly top: number;
  readonly left: number;
  readonly [key: string]: number;
}

/**
 * Cuts out a box at a random place, all places equally likely, or the middle: torchvision's `RandomCrop` and `CenterCrop`.
 *
 * @example
 * const cut = crop({ size: 32, padding: 4 });
 * cut.name; // 'crop'
 *
 * @throws DownhillError `invalid-argument` for a size or padding that is none; when it is applied, for a box larger than the padded image.
 */
export function crop(options: CropOptions): Augmentation<CropDraw> {
  checkOptions('crop', options, ['size', 'padding', 'padIfNeeded', 'place', 'border', 'fill']);
  const { padding = 0, padIfNeeded = false, place = 'random' } = options;
  const size = sizeOf('crop', 'size', options.size);
  checkNumber('crop', { padding }, { min: 0, integer: true });
  checkOneOf('crop', 'place', place, ['random', 'centre']);
  const { border, fill } = resamplingOf('crop', options);
  const room = (image: ImageSize, axis: 'height' | 'width'): number => image[axis] + 2 * padding - size[axis];
  const check = (image: ImageSize): void => {
    if (padIfNeeded || (room(image, 'height') >= 0 && room(image, 'width') >= 0)) return;
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'crop',
      problem: `a box of ${size.height} x ${size.width} is larger than the image, ${image.height} x ${image.width} with a padding of ${padding}`,
      advice: 'Give `padding` or `padIfNeeded`, or resize first.',
    });
  };
  /** Where the box begins in the padded image, of which it leaves out `margin` pixels; a negative margin is what is missing. */
  const start = (draws: Draws, margin: number): number => {
    if (place === 'centre') return margin < 0 ? -Math.floor(-margin / 2) : middle(margin);
    return margin < 0 ? draws.integer(1 - margin) + margin : draws.integer(margin + 1);
  };
  return augmentation<CropDraw>({
    name: 'crop',
    config: { ...options },
    /** A box that is given may reach out of the padding, but must not miss it. */
    check(draw, image) {
      const rule = (axis: 'height' | 'width'): NumberRule => ({
        above: -padding - size[axis],
        below: image[axis] + padding,
        integer: true,
      });
      check(image);
      checkDraw('crop', draw, { top: rule('height'), left: rule('width') });
    },
    draw(draws, image) {
      check(image);
      return { top: start(draws, room(image, 'height')) - padding, left: start(draws, room(image, 'width')) - padding };
    },
    apply: ({ top, left }) => [cropped({ top, left, ...size }, { border, fill })],
  });
}

/** Half of a margin; halves go to the even number, as in torchvision. */
export function middle(margin: number): number {
  const half = margin / 2;
  return Number.isInteger(half) ? half : 2 * Math.round(half / 2);
}
