import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkSwitch } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link equalize}. */
export interface EqualizeOptions {
  /** @defaultValue 1 */
  probability?: number;
}

/**
 * Makes all levels of each channel equally common, by PIL's rule: torchvision's `RandomEqualize`. Fractions are taken as 256 levels.
 *
 * @example
 * const change = equalize();
 * change.name; // 'equalize'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1].
 */
export function equalize(options: EqualizeOptions = {}): Augmentation<boolean> {
  checkOptions('equalize', options, ['probability']);
  const { probability = 1 } = options;
  checkNumber('equalize', { probability }, { min: 0, max: 1 });
  return augmentation<boolean>({
    name: 'equalize',
    config: { ...options },
    check: (draw) => checkSwitch('equalize', draw),
    draw: (draws) => draws.bernoulli(probability),
    apply: (isApplied) => (isApplied ? [{ kind: 'neighbourhood', name: 'equalize' }] : []),
  });
}
