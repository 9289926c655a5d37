import { chain, checkSchedule, checkTransforms, complete, named, transform, type ScheduleLike, type Transform } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { ascend } from './ascent.ts';

/** Options of {@link sam}; defaults from Foret et al. 2021 and davda54/sam. */
export interface SamOptions {
  /** ρ: how far up the gradient is taken, at least 0. @defaultValue 0.05 (the paper, davda54/sam; adaptive ones want some ten times as much) */
  rho?: ScheduleLike;
  /** ASAM: the distance is measured relative to each weight. @defaultValue false (the paper) */
  adaptive?: boolean;
  /** Added to the norm, at least 0. @defaultValue 1e-12 (davda54/sam) */
  epsilon?: ScheduleLike;
}

export const samDefaults: Required<SamOptions> = { rho: 0.05, adaptive: false, epsilon: 1e-12 };

/**
 * Sharpness-aware minimization: the inner transform gets the gradients of where the loss is highest nearby, and so leads to flat minima.
 *
 *     e = ρ g / (‖g‖ + ε)        wₜ = wₜ₋₁ − inner(∇L(wₜ₋₁ + e))        adaptive: e = ρ w² g / (‖w g‖ + ε)
 *
 * Foret et al. 2021, algorithm 1 (arXiv:2010.01412), the norm over all parameters; adaptive: Kwon et al. 2021, equation 8
 * (arXiv:2102.11600) without its η, as davda54/sam has it. A step costs two forwards and backwards, with the same dropout masks. Looks at
 * the loss itself: works in `minimize` and `model.fit`, not with `applyGradients`. Metrics and the running statistics of batch normalization are those of the first.
 *
 * @example
 * const rule = sam(sgd({ learningRate: 0.1, momentum: 0.9 }), { rho: 0.1 });
 * rule.name; // 'sam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range; `unsupported` with `applyGradients`, or two such rules in a chain.
 */
export function sam(inner: Transform, options: SamOptions = {}): Transform {
  checkTransforms('sam', [inner]);
  const config = complete('sam', options, samDefaults);
  const { rho, epsilon, adaptive } = config;
  checkSchedule('sam', { rho, epsilon }, { min: 0 });
  const look = transform<never, never, Tensor, 'rho' | 'epsilon'>({
    name: 'sam',
    config,
    numbers: { rho, epsilon },
    gradients: (access) => ascend(access, adaptive).perturbed,
  });
  return named('sam', [inner, config], chain(look, inner));
}
