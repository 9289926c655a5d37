import { checkSchedule, complete, div, max, min, mul, norm, transform, type ScheduleLike, type Transform } from '@downhill/core';
import { axesOfUnit, checkUnitAxis, type UnitOptions } from './unit-axes.ts';

/** Options of {@link adaptiveClip}. */
export interface AdaptiveClipOptions extends UnitOptions {
  /** The least norm of a unit's weights that counts, above 0, so that units that start at 0 can leave it. @defaultValue 1e-3 (the paper, timm, optax) */
  epsilon?: ScheduleLike;
}

/**
 * Shortens the gradient of each unit to a share of the unit's weights: a limit that fits every layer. Lets nets train without normalization.
 *
 *     uᵢ = gᵢ · min(1, λ max(‖wᵢ‖, ε) / ‖gᵢ‖)
 *
 * Brock et al. 2021, equation 3 (arXiv:2102.06171), for NFNets with λ = 0.01. A unit is a column of a dense kernel `[in, out]` and a filter of a
 * convolution's; vectors and scalars are one. First in the chain; leave the last layer out with `masked`, as the paper does.
 *
 * @param clipFactor λ, above 0. @defaultValue 0.01 (the paper, timm)
 *
 * @example
 * const rule = adaptiveClip(0.02);
 * rule.name; // 'adaptiveClip'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function adaptiveClip(clipFactor: ScheduleLike = 0.01, options: AdaptiveClipOptions = {}): Transform {
  const config = complete('adaptiveClip', options, { epsilon: 1e-3, unitAxis: -1 });
  const { epsilon, unitAxis } = config;
  checkSchedule('adaptiveClip', { clipFactor, epsilon }, { above: 0 });
  checkUnitAxis('adaptiveClip', unitAxis);
  return transform({
    name: 'adaptiveClip',
    config: [clipFactor, config],
    numbers: { clipFactor, epsilon },
    update(g, { parameter, info, numbers }) {
      const over = axesOfUnit(info, unitAxis) ?? 'tensor';
      const limit = mul(max(norm(parameter, { over }), numbers.epsilon), numbers.clipFactor);
      return mul(g, min(div(limit, max(norm(g, { over }), LEAST)), 1));
    },
  });
}

/** timm's least norm of a gradient: 0 divides nothing. */
const LEAST = 1e-6;
