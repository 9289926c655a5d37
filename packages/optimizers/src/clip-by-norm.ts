import { shorten, type ClipNormOptions } from './shorten.ts';
import type { ScheduleLike, Transform } from '@downhill/core';

/**
 * Shortens the gradient of each tensor to a norm of at most `maxNorm`.
 *
 *     u = g · min(1, maxNorm / (‖g‖ + ε))
 *
 * TensorFlow's `clip_by_norm`. First in the chain.
 *
 * @example
 * const rule = clipByNorm(1);
 * rule.name; // 'clipByNorm'
 *
 * @throws DownhillError `invalid-argument` where `maxNorm` is not above 0, or `epsilon` negative.
 */
export function clipByNorm(maxNorm: ScheduleLike, options: ClipNormOptions = {}): Transform {
  return shorten('clipByNorm', 'tensor', maxNorm, options);
}
