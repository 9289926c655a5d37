import { shorten, type ClipNormOptions } from './shorten.ts';
import type { ScheduleLike, Transform } from '@downhill/core';

/**
 * Shortens all gradients together to one norm of at most `maxNorm`: their direction stays.
 *
 *     u = g · min(1, maxNorm / (√Σ ‖g‖² + ε))
 *
 * Pascanu et al. 2013, algorithm 1 (arXiv:1211.5063). First in the chain.
 *
 * @example
 * const rule = clipByGlobalNorm(1);
 * rule.name; // 'clipByGlobalNorm'
 *
 * @throws DownhillError `invalid-argument` where `maxNorm` is not above 0, or `epsilon` negative.
 */
export function clipByGlobalNorm(maxNorm: ScheduleLike, options: ClipNormOptions = {}): Transform {
  return shorten('clipByGlobalNorm', 'all', maxNorm, options);
}
