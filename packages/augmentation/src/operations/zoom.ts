import { augmentation, type Augmentation } from '@downhill/core';
import { about } from '../geometry/matrix.ts';
import { intervalOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions, RESAMPLING } from './check-options.ts';
import { resamplingOf, taken, type ResamplingOptions } from './resampling.ts';

/** Options of {@link zoom}. Ranges are [low, high], or m for [-m, m]; of at least -1. */
export interface ZoomOptions extends ResamplingOptions {
  /** Of what is seen more of the height, as a share of it: 0.2 zooms out and shows 1.2 heights, -0.2 zooms in. */
  height: Interval;
  /** Of what is seen more of the width. @defaultValue what is drawn for the height, so that shapes stay as they are */
  width?: Interval;
}

/** What is seen more of the height and the width, as a share of them. */
export interface ZoomDraw {
  readonly height: number;
  readonly width: number;
  readonly [key: string]: number;
}

/**
 * Zooms about the middle, along both axes alike or along each by itself: Keras's `RandomZoom`.
 *
 * @example
 * const closer = zoom({ height: [-0.3, 0] });
 * closer.name; // 'zoom'
 *
 * @throws DownhillError `invalid-argument` for a range that is none, or reaches below -1.
 */
export function zoom(options: ZoomOptions): Augmentation<ZoomDraw> {
  checkOptions('zoom', options, ['height', 'width', ...RESAMPLING]);
  const heights = intervalOf('zoom', 'height', options.height, { min: -1 });
  const widths = options.width === undefined ? undefined : intervalOf('zoom', 'width', options.width, { min: -1 });
  const resampling = resamplingOf('zoom', options);
  return augmentation<ZoomDraw>({
    name: 'zoom',
    config: { ...options },
    check: (draw) => checkDraw('zoom', draw, { height: { min: -1 }, width: { min: -1 } }),
    draw(draws) {
      const height = draws.uniform(...heights);
      return { height, width: widths === undefined ? height : draws.uniform(...widths) };
    },
    apply: (more, image) => [
      taken(about(image.width / 2, image.height / 2, [1 + more.width, 0, 0, 0, 1 + more.height, 0, 0, 0, 1]), image, resampling),
    ],
  });
}
