import { checkNumber } from '@downhill/core';
import { sumOf, type GradientMoments } from './gradient-moments.ts';

/**
 * The simple noise scale of McCandlish et al. 2018 (equation 2.9), in examples: batches far smaller than it waste steps, far larger ones waste
 * examples.
 *
 *     B = tr(Σ) / ‖g‖²
 *
 * ‖g‖² of a batch carries noise of its own, so that this is too small for small batches; {@link noiseScaleFromTwoBatches} is not.
 *
 * @example
 * const scale = noiseScale(gradientMoments([[1, 0], [3, 0]]));
 * scale; // 0.5
 */
export function noiseScale({ variance, squaredNorm }: GradientMoments): number {
  return sumOf(variance) / squaredNorm;
}

/** A squared gradient norm, and the number of examples behind the gradient. */
export interface BatchNorm {
  readonly examples: number;
  readonly squaredNorm: number;
}

export interface NoiseScaleParts {
  /** ‖G‖², of the true gradient; the estimate may be negative. */
  readonly squaredNorm: number;
  /** tr(Σ), over examples; the estimate may be negative. */
  readonly trace: number;
  /** Their quotient. Smooth the parts over steps before dividing: one pair of batches says little. */
  readonly noiseScale: number;
}

/**
 * The noise scale from the norms of two gradients, McCandlish et al. 2018, appendix A.1: both parts are unbiased.
 *
 *     ‖G‖² = (B ‖g_B‖² − b ‖g_b‖²) / (B − b)        tr(Σ) = (‖g_b‖² − ‖g_B‖²) / (1/b − 1/B)
 *
 * @example
 * const parts = noiseScaleFromTwoBatches({ examples: 1, squaredNorm: 5 }, { examples: 4, squaredNorm: 2 });
 * [parts.squaredNorm, parts.trace, parts.noiseScale]; // [1, 4, 4]
 *
 * @throws DownhillError `invalid-argument` where the big batch is not bigger.
 */
export function noiseScaleFromTwoBatches(small: BatchNorm, big: BatchNorm): NoiseScaleParts {
  checkNumber('noiseScaleFromTwoBatches', { 'small.examples': small.examples }, { min: 1 });
  checkNumber('noiseScaleFromTwoBatches', { 'big.examples': big.examples }, { above: small.examples });
  const squaredNorm = (big.examples * big.squaredNorm - small.examples * small.squaredNorm) / (big.examples - small.examples);
  const trace = (small.squaredNorm - big.squaredNorm) / (1 / small.examples - 1 / big.examples);
  return { squaredNorm, trace, noiseScale: trace / squaredNorm };
}
