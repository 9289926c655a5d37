import { augmentation, type Augmentation } from '@downhill/core';
import { IDENTITY } from '../geometry/matrix.ts';
import { intervalOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions, RESAMPLING } from './check-options.ts';
import { resamplingOf, taken, type ResamplingOptions } from './resampling.ts';

/** Options of {@link lensDistortion}. */
export interface LensDistortionOptions extends ResamplingOptions {
  /** The coefficient is drawn from [low, high], or [-m, m] for m; above 0 lines bulge (barrel), below they cave in (pincushion). */
  distortion: Interval;
}

/** The coefficient k. */
export interface LensDistortionDraw {
  readonly distortion: number;
  readonly [key: string]: number;
}

/**
 * What a lens does: the picture shows at a distance r from its middle what was at r (1 + k r²), r being 1 in the corners (the first term
 * of Brown 1966). Below -1/3 the corners are folded inwards, where boxes and keypoints cannot follow.
 *
 * @example
 * const lens = lensDistortion({ distortion: 0.2 });
 * lens.name; // 'lensDistortion'
 *
 * @throws DownhillError `invalid-argument` for a range outside (-1, 1).
 */
export function lensDistortion(options: LensDistortionOptions): Augmentation<LensDistortionDraw> {
  checkOptions('lensDistortion', options, ['distortion', ...RESAMPLING]);
  const coefficients = intervalOf('lensDistortion', 'distortion', options.distortion, { above: -1, below: 1 });
  const resampling = resamplingOf('lensDistortion', options);
  return augmentation<LensDistortionDraw>({
    name: 'lensDistortion',
    config: { ...options },
    check: (draw) => checkDraw('lensDistortion', draw, { distortion: { above: -1, below: 1 } }),
    draw: (draws) => ({ distortion: draws.uniform(...coefficients) }),
    apply({ distortion }, image) {
      const { height, width } = image;
      const corner = (height * height + width * width) / 4;
      const displacement = new Float32Array(2 * height * width);
      for (let pixel = 0; pixel < height * width; pixel++) {
        const x = (pixel % width) + 0.5 - width / 2;
        const y = Math.floor(pixel / width) + 0.5 - height / 2;
        const share = (distortion * (x * x + y * y)) / corner;
        displacement[2 * pixel] = share * x;
        displacement[2 * pixel + 1] = share * y;
      }
      return [{ ...taken(IDENTITY, image, resampling), displacement }];
    },
  });
}
