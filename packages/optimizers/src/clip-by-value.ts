import { checkNumber, clamp, transform, type Transform } from '@downhill/core';

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
 * @throws DownhillError `invalid-argument` where `limit` is not above 0.
 */
export function clipByValue(limit: number): Transform {
  checkNumber('clipByValue', { limit }, { above: 0 });
  return transform({ name: 'clipByValue', config: [limit], update: (g) => clamp(g, -limit, limit) });
}
