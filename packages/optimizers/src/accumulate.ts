import {
  add,
  chain,
  checkNumber,
  checkTransforms,
  complete,
  constant,
  div,
  DownhillError,
  everySteps,
  named,
  transform,
  zeros,
  type Transform,
} from '@downhill/core';

/** Options of {@link accumulate}. */
export interface AccumulateOptions {
  /** Micro-batches to a step, k. */
  steps: number;
}

/**
 * Gradient accumulation: the inner transform sees the mean gradient of k micro-batches at each k-th step and nothing in between, so that k
 * small batches train as one large one does.
 *
 *     sₜ = sₜ₋₁ + gₜ,  wₜ = wₜ₋₁        at each k-th step: u = inner((sₜ₋₁ + gₜ) / k),  sₜ = 0
 *
 * PyTorch's k calls of `backward()` with loss / k, Keras' `gradient_accumulation_steps`, optax's `MultiSteps`. The inner schedules and bias
 * corrections count the k-th steps alone; `optimizer.iterations` counts micro-batches. The mean is that of the large batch where the
 * micro-batches are equally large. What stands beside it in a chain acts at every micro-batch. Slots: `sum`, shaped like the parameter.
 *
 * @example
 * const rule = accumulate(adam(), { steps: 4 });
 * rule.name; // 'accumulate'
 *
 * @throws DownhillError `invalid-argument` where `steps` is not a whole number of at least 1, `unsupported` around a rule that looks at the loss
 *   itself: write sam(accumulate(...)).
 */
export function accumulate(inner: Transform, options: AccumulateOptions): Transform {
  checkTransforms('accumulate', [inner]);
  const config = complete('accumulate', options, { steps: Number.NaN });
  const { steps } = config;
  checkNumber('accumulate', { steps }, { min: 1, integer: true });
  const looks = inner.parts.find(({ rule }) => rule.gradients !== undefined);
  if (looks !== undefined)
    throw new DownhillError({
      code: 'unsupported',
      source: 'accumulate',
      problem: `${looks.rule.name} looks at the loss itself, and would see that of the last micro-batch alone`,
      advice: `Put it outside: ${looks.rule.name}(accumulate(...)).`,
    });
  const sum = transform({
    name: 'accumulate',
    config,
    slots: { sum: zeros },
    update: (g, { slots }) => ({ update: div(add(slots.sum, g), steps), slots: { sum: constant(0) } }),
    between: (g, { slots }) => ({ update: constant(0), slots: { sum: add(slots.sum, g) } }),
  });
  return named('accumulate', [inner, config], everySteps(chain(sum, inner), steps));
}
