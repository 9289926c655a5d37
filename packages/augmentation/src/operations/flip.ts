import { augmentation, checkNumber, checkOneOf, type Augmentation } from '@downhill/core';
import { checkSwitch } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { taken } from './resampling.ts';

/** Options of {@link flip}. */
export interface FlipOptions {
  /** `'horizontal'` exchanges left and right. @defaultValue 'horizontal' */
  direction?: 'horizontal' | 'vertical';
  /** @defaultValue 0.5 (torchvision) */
  probability?: number;
}

/**
 * Turns the image over: torchvision's `RandomHorizontalFlip` and `RandomVerticalFlip`.
 *
 * @example
 * const mirror = flip();
 * mirror.name; // 'flip'
 *
 * @throws DownhillError `invalid-argument` for another direction, or a probability outside [0, 1].
 */
export function flip(options: FlipOptions = {}): Augmentation<boolean> {
  checkOptions('flip', options, ['direction', 'probability']);
  const { direction = 'horizontal', probability = 0.5 } = options;
  checkOneOf('flip', 'direction', direction, ['horizontal', 'vertical']);
  checkNumber('flip', { probability }, { min: 0, max: 1 });
  return augmentation<boolean>({
    name: 'flip',
    config: { ...options },
    check: (draw) => checkSwitch('flip', draw),
    draw: (draws) => draws.bernoulli(probability),
    apply(isFlipped, image) {
      if (!isFlipped) return [];
      const { height, width } = image;
      const matrix =
        direction === 'horizontal' ? ([-1, 0, width, 0, 1, 0, 0, 0, 1] as const) : ([1, 0, 0, 0, -1, height, 0, 0, 1] as const);
      return [taken(matrix, image, { interpolation: 'nearest', border: 'constant', fill: undefined })];
    },
  });
}
