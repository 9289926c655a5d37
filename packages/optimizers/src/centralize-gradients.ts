import { complete, mean, sub, transform, type Transform } from '@downhill/core';
import { axesOfUnit, checkUnitAxis, type UnitOptions } from './unit-axes.ts';

/** Options of {@link centralizeGradients}. */
export type CentralizeGradientsOptions = UnitOptions;

/**
 * Gradient centralization: takes the mean from the gradient of each unit, so that the mean of its weights stays where it is.
 *
 *     uᵢ = gᵢ − mean(gᵢ)
 *
 * Yong et al. 2020, equation 1 (arXiv:2004.01461); optax' `centralize`. A unit is a column of a dense kernel `[in, out]` and a filter of a
 * convolution's; vectors and scalars pass. First in the chain.
 *
 * @example
 * const rule = centralizeGradients();
 * rule.name; // 'centralizeGradients'
 *
 * @throws DownhillError `invalid-argument` where `unitAxis` is not a whole number.
 */
export function centralizeGradients(options: CentralizeGradientsOptions = {}): Transform {
  const config = complete('centralizeGradients', options, { unitAxis: -1 });
  checkUnitAxis('centralizeGradients', config.unitAxis);
  return transform({
    name: 'centralizeGradients',
    config,
    cannotSolve: ['quadratic', 'noisyRegression'], // their weights have a mean to find, and nothing moves it
    update(g, { info }) {
      const over = axesOfUnit(info, config.unitAxis);
      return over === undefined ? g : sub(g, mean(g, { over }));
    },
  });
}
