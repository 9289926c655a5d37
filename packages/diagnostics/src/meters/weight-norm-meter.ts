import { complete } from '@downhill/core';
import type { PerTensorOptions } from './gradient-norm-meter.ts';
import { meter, scalar, scalars, type Meter } from './meter.ts';
import { norm, together } from './tensor-norms.ts';

/**
 * The norm of the trained weights after the step: `weight norm` over all tensors, `weight norm/0/kernel` of each.
 *
 *     ‖w‖ = √Σᵢ wᵢ²
 *
 * Cost: no pass; the weights are read.
 *
 * @example
 * const norms = weightNormMeter();
 * norms.cost; // { forward: 0, backward: 0 }
 */
export function weightNormMeter(options: PerTensorOptions = {}): Meter {
  const { perTensor } = complete('weightNormMeter', options, { perTensor: true });
  return meter({
    name: 'weight norm',
    begin: () => ({
      async afterStep({ values }) {
        const each = Array.from(await values(), ([place, weight]) => [place, norm(weight)] as const);
        const whole = scalar('weight norm', together(each.map(([, value]) => value)));
        return [whole, ...(perTensor ? scalars('weight norm', each) : [])];
      },
    }),
  });
}
