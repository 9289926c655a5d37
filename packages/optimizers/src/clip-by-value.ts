import { checkSchedule, clamp, neg, transform, type ScheduleLike, type Transform } from '@downhill/core';

/**
 * Holds each number of the gradient between −limit and limit.
 *
 *     uᵢ = max(−limit, min(gᵢ, limit))
 *
 * PyTorch's `clip_grad_value_`. First in the chain.
 *
 * @example
 * const rule = clipByValue(0.5);
 * rule.name; // 'clipByValue'
 *
 * @throws DownhillError `invalid-argument` where `limit` is neither a number above 0 nor a schedule.
 */
export function clipByValue(limit: ScheduleLike): Transform {
  checkSchedule('clipByValue', { limit }, { above: 0 });
  return transform({
    name: 'clipByValue',
    config: [limit],
    numbers: { limit },
    update: (g, { numbers }) => clamp(g, neg(numbers.limit), numbers.limit),
  });
}
