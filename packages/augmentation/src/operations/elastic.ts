import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { smoothDisplacement } from './displacement.ts';
import { IDENTITY } from '../geometry/matrix.ts';
import { checkDraw, checkNumbers } from './check-draw.ts';
import { checkOptions, RESAMPLING } from './check-options.ts';
import { resamplingOf, taken, type ResamplingOptions } from './resampling.ts';

/** Options of {@link elastic}. */
export interface ElasticOptions extends ResamplingOptions {
  /** How strong, in pixels: half of it is the largest shift before smoothing. @defaultValue 50 (torchvision) */
  alpha?: number;
  /** How smooth: the standard deviation in pixels. @defaultValue 5 (torchvision) */
  sigma?: number;
}

/** For each pixel (x, y), in pixels. */
export interface ElasticDraw {
  readonly displacement: readonly number[];
  readonly [key: string]: readonly number[];
}

/**
 * Moves each pixel by a smooth random amount, as if the picture were on rubber: torchvision's `ElasticTransform` (Simard et al. 2003).
 *
 * @example
 * const rubber = elastic({ alpha: 20, sigma: 4 });
 * rubber.name; // 'elastic'
 *
 * @throws DownhillError `invalid-argument` where alpha or sigma is negative.
 */
export function elastic(options: ElasticOptions = {}): Augmentation<ElasticDraw> {
  checkOptions('elastic', options, ['alpha', 'sigma', ...RESAMPLING]);
  const { alpha = 50, sigma = 5 } = options;
  checkNumber('elastic', { alpha, sigma }, { min: 0 });
  const resampling = resamplingOf('elastic', options);
  return augmentation<ElasticDraw>({
    name: 'elastic',
    config: { ...options },
    check(draw, { height, width }) {
      checkDraw('elastic', draw, {});
      checkNumbers('elastic', 'draw.displacement', (draw as ElasticDraw).displacement, 2 * height * width);
    },
    draw: (draws, image) => ({ displacement: [...smoothDisplacement(draws, image, { alpha, sigma })] }),
    apply: ({ displacement }, image) => [{ ...taken(IDENTITY, image, resampling), displacement: Float32Array.from(displacement) }],
  });
}
