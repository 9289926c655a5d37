import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { resizing, type ResizeSampling } from './resize.ts';

/** Options of {@link resizeShorter}. */
export interface ResizeShorterOptions extends ResizeSampling {
  /** The shorter side in pixels: a number, or drawn from the whole numbers of [low, high]. */
  side: number | readonly [low: number, high: number];
}

/** The shorter side in pixels. */
export interface ResizeShorterDraw {
  readonly side: number;
  readonly [key: string]: number;
}

/**
 * Brings the shorter side to a drawn length and keeps the shape: the scale jitter of ResNet's recipe (He et al. 2016, section 3.4: from 256
 * to 480 pixels, then a crop), torchvision's `Resize` with one number.
 *
 * @example
 * const jitter = resizeShorter({ side: [256, 480] });
 * jitter.name; // 'resizeShorter'
 *
 * @throws DownhillError `invalid-argument` for a side that is no whole number from 1 on.
 */
export function resizeShorter(options: ResizeShorterOptions): Augmentation<ResizeShorterDraw> {
  checkOptions('resizeShorter', options, ['side', 'interpolation', 'antialias']);
  const [low, high] = typeof options.side === 'number' ? [options.side, options.side] : options.side;
  checkNumber('resizeShorter', { side: low }, { min: 1, integer: true });
  checkNumber('resizeShorter', { 'side[1]': high }, { min: low, integer: true });
  const show = resizing('resizeShorter', options);
  return augmentation<ResizeShorterDraw>({
    name: 'resizeShorter',
    config: { ...options },
    check: (draw) => checkDraw('resizeShorter', draw, { side: { min: 1, integer: true } }),
    draw: (draws) => ({ side: low + draws.integer(high - low + 1) }),
    apply({ side }, image) {
      const { height, width } = image;
      const longer = Math.trunc((side * Math.max(height, width)) / Math.min(height, width));
      return [show(image, height < width ? { height: side, width: longer } : { height: longer, width: side })];
    },
  });
}
