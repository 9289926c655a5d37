import { add, checkSchedule, complete, div, min, mul, norm, transform, type ScheduleLike, type Transform } from '@downhill/core';

/** Options of `clipByNorm` and `clipByGlobalNorm`. */
export interface ClipNormOptions {
  /** Added to the norm, at least 0. @defaultValue 0 (optax, TensorFlow; PyTorch has 1e-6) */
  epsilon?: ScheduleLike;
}

/** What both clippings by norm are: they differ in how far the norm reaches. The norm is a statistic, `gradientNorm`. */
export function shorten(name: string, over: 'tensor' | 'all', maxNorm: ScheduleLike, options: ClipNormOptions): Transform {
  const config = complete(name, options, { epsilon: 0 });
  const { epsilon } = config;
  checkSchedule(name, { maxNorm }, { above: 0 });
  checkSchedule(name, { epsilon }, { min: 0 });
  return transform({
    name,
    config: [maxNorm, config],
    numbers: { maxNorm, epsilon },
    update(g, { numbers }) {
      const gradientNorm = norm(g, { over });
      return { update: mul(g, min(div(numbers.maxNorm, add(gradientNorm, numbers.epsilon)), 1)), statistics: { gradientNorm } };
    },
  });
}
