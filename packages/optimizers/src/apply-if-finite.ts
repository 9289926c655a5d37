import { chain, checkNumber, checkTransforms, complete, named, transform, type Transform } from '@downhill/core';

/** Options of {@link applyIfFinite}. */
export interface ApplyIfFiniteOptions {
  /** So many bad steps in a row are skipped; one more throws. @defaultValue 10 (ours: optax's `max_consecutive_errors` has no default) */
  maxConsecutive?: number;
}

/**
 * Skips the steps in which a gradient is NaN or infinite: no weight and no slot changes, and the step is not counted, so that schedules and
 * bias corrections do not move on. One bad number in one gradient skips the step of all.
 *
 * After `maxConsecutive` such steps in a row the next one throws. optax's `apply_if_finite` applies it from then on, which makes every
 * weight NaN; here nothing is applied. A good step starts the count again; `optimizer.skippedSteps` has all of them. Both counts are saved.
 * The optimizer's option `nonFinite: 'skip'` is the same without a limit.
 *
 * @example
 * const rule = applyIfFinite(sgd(), { maxConsecutive: 3 });
 * rule.name; // 'applyIfFinite'
 *
 * @throws DownhillError `invalid-argument` where `maxConsecutive` is no whole number; in a step `non-finite` with the names of the tensors.
 */
export function applyIfFinite(inner: Transform, options: ApplyIfFiniteOptions = {}): Transform {
  checkTransforms('applyIfFinite', [inner]);
  const config = complete('applyIfFinite', options, { maxConsecutive: 10 });
  checkNumber('applyIfFinite', { ...config }, { min: 0, integer: true });
  const guard = transform({ name: 'applyIfFinite', config, skipsNonFinite: config });
  return named('applyIfFinite', [inner, config], chain(guard, inner));
}
