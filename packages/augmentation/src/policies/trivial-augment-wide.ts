import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkOptions, RESAMPLING } from '../operations/check-options.ts';
import { resamplingOf, type ResamplingOptions } from '../operations/resampling.ts';
import { checkPolicyDraw } from './check-policy-draw.ts';
import { policyEffects, type PolicyDraw } from './policy-operation.ts';
import { magnitudeOf, namesOf, trivialAugmentWideSpace } from './space.ts';

/** Options of {@link trivialAugmentWide}. */
export interface TrivialAugmentWideOptions extends ResamplingOptions {
  /** Bins that magnitudes are divided into. @defaultValue 31 (torchvision) */
  bins?: number;
}

/**
 * One operation of fourteen at any magnitude (Müller and Hutter 2021, arXiv:2103.10158, algorithm 1), with the wide ranges.
 *
 * @example
 * const trivial = trivialAugmentWide();
 * trivial.name; // 'trivialAugmentWide'
 *
 * @throws DownhillError `invalid-argument` where `bins` is no whole number from 2 on.
 */
export function trivialAugmentWide(options: TrivialAugmentWideOptions = {}): Augmentation<PolicyDraw> {
  checkOptions('trivialAugmentWide', options, ['bins', ...RESAMPLING]);
  const { bins = 31 } = options;
  checkNumber('trivialAugmentWide', { bins }, { min: 2, integer: true });
  const resampling = resamplingOf('trivialAugmentWide', options);
  const space = trivialAugmentWideSpace(bins);
  const names = namesOf(space);
  return augmentation<PolicyDraw>({
    name: 'trivialAugmentWide',
    config: { ...options },
    check: (draw) => checkPolicyDraw('trivialAugmentWide', draw),
    draw(draws) {
      const operation = names[draws.integer(names.length)] ?? 'Identity';
      return { operation, magnitude: magnitudeOf(space, operation, draws.integer(bins), draws.integer(2) === 1) };
    },
    apply: (step, image) => policyEffects(step, image, resampling),
  });
}
