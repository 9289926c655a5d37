import { augmentation, type Augmentation } from '@downhill/core';
import { translation } from '../geometry/matrix.ts';
import { intervalOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions, RESAMPLING } from './check-options.ts';
import { resamplingOf, taken, type ResamplingOptions } from './resampling.ts';

/** Options of {@link translate}. Ranges are [low, high], or m for [-m, m]. */
export interface TranslateOptions extends ResamplingOptions {
  /** Of the shift to the right, as a share of the width. @defaultValue 0 */
  x?: Interval;
  /** Of the shift downwards, as a share of the height. @defaultValue 0 */
  y?: Interval;
}

/** The shift in pixels. */
export interface TranslateDraw {
  readonly x: number;
  readonly y: number;
  readonly [key: string]: number;
}

/**
 * Shifts the image along each axis by a number drawn evenly from its range: Keras's `RandomTranslation`.
 *
 * @example
 * const shift = translate({ x: 0.1, y: [-0.2, 0] });
 * shift.name; // 'translate'
 *
 * @throws DownhillError `invalid-argument` for a range that is none.
 */
export function translate(options: TranslateOptions = {}): Augmentation<TranslateDraw> {
  checkOptions('translate', options, ['x', 'y', ...RESAMPLING]);
  const { x = 0, y = 0 } = options;
  const across = intervalOf('translate', 'x', x);
  const down = intervalOf('translate', 'y', y);
  const resampling = resamplingOf('translate', options);
  return augmentation<TranslateDraw>({
    name: 'translate',
    config: { ...options },
    check: (draw) => checkDraw('translate', draw, { x: {}, y: {} }),
    draw: (draws, { height, width }) => ({ x: draws.uniform(...across) * width, y: draws.uniform(...down) * height }),
    apply: ({ x, y }, image) => [taken(translation(-x, -y), image, resampling)],
  });
}
