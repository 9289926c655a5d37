import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkSwitch } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { perChannel } from './colour-matrix.ts';

/** Options of {@link invert}. */
export interface InvertOptions {
  /** @defaultValue 1 */
  probability?: number;
}

/**
 * The negative: x' = 1 - x, torchvision's `RandomInvert`.
 *
 * @example
 * const change = invert();
 * change.name; // 'invert'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1].
 */
export function invert(options: InvertOptions = {}): Augmentation<boolean> {
  checkOptions('invert', options, ['probability']);
  const { probability = 1 } = options;
  checkNumber('invert', { probability }, { min: 0, max: 1 });
  return augmentation<boolean>({
    name: 'invert',
    config: { ...options },
    check: (draw) => checkSwitch('invert', draw),
    draw: (draws) => draws.bernoulli(probability),
    apply: (isApplied, { channels }) =>
      isApplied
        ? [
            {
              kind: 'colour',
              matrix: perChannel(
                channels,
                () => -1,
                () => 1,
              ),
              clamp: false,
            },
          ]
        : [],
  });
}
