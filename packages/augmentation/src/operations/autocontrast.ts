import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkSwitch } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link autocontrast}. */
export interface AutocontrastOptions {
  /** @defaultValue 1 */
  probability?: number;
}

/**
 * Stretches each channel to the whole range: torchvision's `RandomAutocontrast`. A channel that is all the same stays.
 *
 * @example
 * const change = autocontrast();
 * change.name; // 'autocontrast'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1].
 */
export function autocontrast(options: AutocontrastOptions = {}): Augmentation<boolean> {
  checkOptions('autocontrast', options, ['probability']);
  const { probability = 1 } = options;
  checkNumber('autocontrast', { probability }, { min: 0, max: 1 });
  return augmentation<boolean>({
    name: 'autocontrast',
    config: { ...options },
    check: (draw) => checkSwitch('autocontrast', draw),
    draw: (draws) => draws.bernoulli(probability),
    apply: (isApplied) => (isApplied ? [{ kind: 'neighbourhood', name: 'autocontrast' }] : []),
  });
}
