import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { affineMatrix, type AffineDraw } from '../geometry/affine-matrix.ts';
import { invert } from '../geometry/matrix.ts';
import { intervalOf, type Interval } from './interval.ts';
import { checkDraw, checkNumbers } from './check-draw.ts';
import { checkOptions, RESAMPLING } from './check-options.ts';
import { resamplingOf, taken, type ResamplingOptions } from './resampling.ts';

/** Options of {@link affine}. Ranges are [low, high], or m for [-m, m]. */
export interface AffineOptions extends ResamplingOptions {
  /** Of the angle in degrees, clockwise. @defaultValue 0 */
  degrees?: Interval;
  /** The largest shift along x and y, as a share of width and height. @defaultValue [0, 0] */
  translate?: readonly [x: number, y: number];
  /** Of the factor of size. @defaultValue [1, 1] */
  scale?: readonly [low: number, high: number];
  /** Of the shear along x in degrees. @defaultValue 0 */
  shearX?: Interval;
  /** Of the shear along y in degrees. @defaultValue 0 */
  shearY?: Interval;
  /** The point that stays where it is, in pixels from the top left corner. @defaultValue the middle */
  centre?: readonly [x: number, y: number];
}

/**
 * Turns, shifts, scales and shears, each by a number drawn evenly from its range: torchvision's `RandomAffine`.
 *
 *     x' = T(shift) C R(angle) S(scale) Shear C⁻¹ x      C moves the origin to the centre
 *
 * @example
 * const shake = affine({ degrees: 10, translate: [0.1, 0.1] });
 * shake.name; // 'affine'
 *
 * @throws DownhillError `invalid-argument` for a range that is none, a scale that is not above 0, a shear of 90 degrees or more.
 */
export function affine(options: AffineOptions = {}): Augmentation<AffineDraw> {
  checkOptions('affine', options, ['degrees', 'translate', 'scale', 'shearX', 'shearY', 'centre', ...RESAMPLING]);
  const { degrees = 0, translate = [0, 0], scale = [1, 1], shearX = 0, shearY = 0, centre } = options;
  const resampling = resamplingOf('affine', options);
  const angles = intervalOf('affine', 'degrees', degrees);
  const scales = intervalOf('affine', 'scale', scale, { above: 0 });
  const shears = [intervalOf('affine', 'shearX', shearX, SHEAR), intervalOf('affine', 'shearY', shearY, SHEAR)] as const;
  checkNumbers('affine', 'translate', translate, 2);
  const [shareX, shareY] = translate;
  checkNumber('affine', { 'translate[0]': shareX, 'translate[1]': shareY }, { min: 0, max: 1 });
  if (centre !== undefined) checkNumber('affine', { 'centre[0]': centre[0], 'centre[1]': centre[1] });
  return augmentation<AffineDraw>({
    name: 'affine',
    config: { ...options },
    check(draw) {
      checkDraw('affine', draw, { angle: {}, scale: { above: 0 } });
      const { translate, shear } = draw as AffineDraw;
      checkNumbers('affine', 'draw.translate', translate, 2);
      checkNumbers('affine', 'draw.shear', shear, 2);
      checkNumber('affine', { 'draw.shear[0]': shear[0], 'draw.shear[1]': shear[1] }, SHEAR);
    },
    draw: (draws, { height, width }) => ({
      angle: draws.uniform(...angles),
      translate: [draws.uniform(-shareX, shareX) * width, draws.uniform(-shareY, shareY) * height],
      scale: draws.uniform(...scales),
      shear: [draws.uniform(...shears[0]), draws.uniform(...shears[1])],
    }),
    apply: (draw, image) => [taken(invert(affineMatrix(draw, image, centre)), image, resampling)],
  });
}

const SHEAR = { above: -90, below: 90 };
