import { add, checkNumber, complete, div, min, mul, norm, transform, type Transform } from '@downhill/core';

/** Options of `clipByNorm` and `clipByGlobalNorm`. */
export interface ClipNormOptions {
  /** Added to the norm, at least 0. @defaultValue 0 (optax, TensorFlow; PyTorch has 1e-6) */
  epsilon?: number;
}

/** What both clippings by norm are: they differ in how far the norm reaches. The norm is a statistic, `gradientNorm`. */
export function shorten(name: string, over: 'tensor' | 'all', maxNorm: number, options: ClipNormOptions): Transform {
  const config = complete(name, options, { epsilon: 0 });
  const { epsilon } = config;
  checkNumber(name, { maxNorm }, { above: 0 });
  checkNumber(name, { epsilon }, { min: 0 });
  return transform({
    name,
    config: [maxNorm, config],
    update(g) {
      const gradientNorm = norm(g, { over });
      return { update: mul(g, min(div(maxNorm, add(gradientNorm, epsilon)), 1)), statistics: { gradientNorm } };
    },
  });
}
