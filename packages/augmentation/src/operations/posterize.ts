import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkSwitch } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link posterize}. */
export interface PosterizeOptions {
  /** Bits that are kept, from 1 to 8. */
  bits: number;
  /** @defaultValue 1 */
  probability?: number;
}

/**
 * Keeps the highest bits of each value: torchvision's `RandomPosterize`. Fractions are taken as 256 levels.
 *
 * @example
 * const change = posterize({ bits: 4 });
 * change.name; // 'posterize'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1], or a value out of its range.
 */
export function posterize(options: PosterizeOptions): Augmentation<boolean> {
  checkOptions('posterize', options, ['bits', 'probability']);
  const { probability = 1 } = options;
  checkNumber('posterize', { probability }, { min: 0, max: 1 });
  checkNumber('posterize', { bits: options.bits }, { min: 1, max: 8, integer: true });
  return augmentation<boolean>({
    name: 'posterize',
    config: { ...options },
    check: (draw) => checkSwitch('posterize', draw),
    draw: (draws) => draws.bernoulli(probability),
    apply: (isApplied) => (isApplied ? [{ kind: 'pointwise', name: 'posterize', bits: options.bits }] : []),
  });
}
