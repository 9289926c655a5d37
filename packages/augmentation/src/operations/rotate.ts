import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { about, rotation } from '../geometry/matrix.ts';
import { intervalOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions, RESAMPLING } from './check-options.ts';
import { resamplingOf, taken, type ResamplingOptions } from './resampling.ts';

/** Options of {@link rotate}. */
export interface RotateOptions extends ResamplingOptions {
  /** Of the angle, counter-clockwise: [low, high], or m for [-m, m]. */
  degrees: Interval;
  /** The point that stays where it is, in pixels from the top left corner. @defaultValue the middle */
  centre?: readonly [x: number, y: number];
}

/** The angle in degrees, counter-clockwise. */
export interface RotateDraw {
  readonly angle: number;
  readonly [key: string]: number;
}

/**
 * Turns the image about a point by an angle drawn evenly: torchvision's `RandomRotation`.
 *
 * @example
 * const turn = rotate({ degrees: 15 });
 * turn.name; // 'rotate'
 *
 * @throws DownhillError `invalid-argument` for a range or a centre that is none.
 */
export function rotate(options: RotateOptions): Augmentation<RotateDraw> {
  checkOptions('rotate', options, ['degrees', 'centre', ...RESAMPLING]);
  const angles = intervalOf('rotate', 'degrees', options.degrees);
  const resampling = resamplingOf('rotate', options);
  const { centre } = options;
  if (centre !== undefined) checkNumber('rotate', { 'centre[0]': centre[0], 'centre[1]': centre[1] });
  return augmentation<RotateDraw>({
    name: 'rotate',
    config: { ...options },
    check: (draw) => checkDraw('rotate', draw, { angle: {} }),
    draw: (draws) => ({ angle: draws.uniform(...angles) }),
    apply({ angle }, image) {
      const [x, y] = centre ?? [image.width / 2, image.height / 2];
      return [taken(about(x, y, rotation(angle)), image, resampling)]; // the way back is clockwise
    },
  });
}
