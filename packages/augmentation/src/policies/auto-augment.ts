import { augmentation, checkOneOf, type Augmentation, type ImageSize } from '@downhill/core';
import { checkOptions, RESAMPLING } from '../operations/check-options.ts';
import { resamplingOf, type ResamplingOptions } from '../operations/resampling.ts';
import { checkPolicyDraws } from './check-policy-draw.ts';
import { autoAugmentPolicies, type SubPolicy } from './learned.ts';
import { policyEffects, type PolicyDraw } from './policy-operation.ts';
import { autoAugmentSpace, magnitudeOf } from './space.ts';

/** Options of {@link autoAugment}. */
export interface AutoAugmentOptions extends ResamplingOptions {
  /** The data that the policy was learned on. @defaultValue 'imagenet' (torchvision) */
  policy?: 'imagenet' | 'cifar10' | 'svhn';
}

const BINS = 10;

/**
 * One of 25 learned pairs of operations, each applied with its probability (Cubuk et al. 2019, arXiv:1805.09501). Magnitudes are signed by chance.
 *
 * @example
 * const learned = autoAugment({ policy: 'cifar10' });
 * learned.name; // 'autoAugment'
 *
 * @throws DownhillError `invalid-argument` for another policy.
 */
export function autoAugment(options: AutoAugmentOptions = {}): Augmentation<readonly PolicyDraw[]> {
  checkOptions('autoAugment', options, ['policy', ...RESAMPLING]);
  const { policy = 'imagenet' } = options;
  checkOneOf('autoAugment', 'policy', policy, ['imagenet', 'cifar10', 'svhn']);
  const resampling = resamplingOf('autoAugment', options);
  const subPolicies = autoAugmentPolicies[policy];
  return augmentation<readonly PolicyDraw[]>({
    name: 'autoAugment',
    config: { ...options },
    check: (draw) => checkPolicyDraws('autoAugment', draw),
    draw(draws, image) {
      const chosen = subPolicies[draws.integer(subPolicies.length)];
      const uniforms = [draws.uniform(0, 1), draws.uniform(0, 1)];
      const signs = [draws.integer(2), draws.integer(2)];
      return chosen === undefined ? [] : subPolicyDraws(chosen, uniforms, signs, image);
    },
    apply: (steps, image) => steps.flatMap((step) => policyEffects(step, image, resampling)),
  });
}

/** What a pair of operations comes to: each is applied where its uniform is not above its probability, and negated where its bit is 0. */
export function subPolicyDraws(
  subPolicy: SubPolicy,
  uniforms: readonly number[],
  signBits: readonly number[],
  image: ImageSize,
): readonly PolicyDraw[] {
  const space = autoAugmentSpace(BINS, image);
  return subPolicy.flatMap(([operation, probability, bin], i) =>
    (uniforms[i] ?? 1) <= probability ? [{ operation, magnitude: magnitudeOf(space, operation, bin, signBits[i] === 0) }] : [],
  );
}
