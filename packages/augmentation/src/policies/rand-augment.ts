import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkOptions, RESAMPLING } from '../operations/check-options.ts';
import { resamplingOf, type ResamplingOptions } from '../operations/resampling.ts';
import { checkPolicyDraws } from './check-policy-draw.ts';
import { policyEffects, type PolicyDraw } from './policy-operation.ts';
import { magnitudeOf, namesOf, randAugmentSpace } from './space.ts';

/** Options of {@link randAugment}. */
export interface RandAugmentOptions extends ResamplingOptions {
  /** Operations one after the other. @defaultValue 2 (torchvision) */
  operations?: number;
  /** The bin that all magnitudes are taken from. @defaultValue 9 (torchvision) */
  magnitude?: number;
  /** Bins that magnitudes are divided into. @defaultValue 31 (torchvision) */
  bins?: number;
}

/**
 * Some operations drawn from fourteen, all of one magnitude (Cubuk et al. 2020, arXiv:1909.13719, figure 2).
 *
 * @example
 * const random = randAugment({ operations: 2, magnitude: 9 });
 * random.name; // 'randAugment'
 *
 * @throws DownhillError `invalid-argument` for counts that are none, or a magnitude that is no bin.
 */
export function randAugment(options: RandAugmentOptions = {}): Augmentation<readonly PolicyDraw[]> {
  checkOptions('randAugment', options, ['operations', 'magnitude', 'bins', ...RESAMPLING]);
  const { operations = 2, magnitude = 9, bins = 31 } = options;
  checkNumber('randAugment', { operations }, { min: 0, integer: true });
  checkNumber('randAugment', { bins }, { min: 2, integer: true });
  checkNumber('randAugment', { magnitude }, { min: 0, max: bins - 1, integer: true });
  const resampling = resamplingOf('randAugment', options);
  return augmentation<readonly PolicyDraw[]>({
    name: 'randAugment',
    config: { ...options },
    check: (draw) => checkPolicyDraws('randAugment', draw),
    draw(draws, image) {
      const space = randAugmentSpace(bins, image);
      const names = namesOf(space);
      return Array.from({ length: operations }, () => {
        const operation = names[draws.integer(names.length)] ?? 'Identity';
        return { operation, magnitude: magnitudeOf(space, operation, magnitude, draws.integer(2) === 1) };
      });
    },
    apply: (steps, image) => steps.flatMap((step) => policyEffects(step, image, resampling)),
  });
}
