import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkSwitch } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link solarize}. */
export interface SolarizeOptions {
  /** A fraction from 0 to 1. */
  threshold: number;
  /** @defaultValue 1 */
  probability?: number;
}

/**
 * Inverts what is at or above a threshold: torchvision's `RandomSolarize`.
 *
 * @example
 * const change = solarize({ threshold: 0.5 });
 * change.name; // 'solarize'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1], or a value out of its range.
 */
export function solarize(options: SolarizeOptions): Augmentation<boolean> {
  checkOptions('solarize', options, ['threshold', 'probability']);
  const { probability = 1 } = options;
  checkNumber('solarize', { probability }, { min: 0, max: 1 });
  checkNumber('solarize', { threshold: options.threshold }, { min: 0, max: 1 });
  return augmentation<boolean>({
    name: 'solarize',
    config: { ...options },
    check: (draw) => checkSwitch('solarize', draw),
    draw: (draws) => draws.bernoulli(probability),
    apply: (isApplied) => (isApplied ? [{ kind: 'pointwise', name: 'solarize', threshold: options.threshold }] : []),
  });
}
