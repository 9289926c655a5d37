import { complete } from '@downhill/core';
import { meter, scalar, scalars, type Meter } from './meter.ts';
import { together } from './tensor-norms.ts';

export interface PerTensorOptions {
  /** Whether each tensor is shown, beside all together. @defaultValue true */
  readonly perTensor?: boolean;
}

/**
 * The norm of the gradient: `gradient norm` over all tensors, `gradient norm/0/kernel` of each.
 *
 *     ‖g‖ = √Σᵢ gᵢ²
 *
 * With `measured(...)` it is the gradient that comes to that place of the chain, and the optimizer's kernel takes it. Cost: no pass.
 *
 * @example
 * const norms = gradientNormMeter({ perTensor: false });
 * norms.needs; // ['gradientNorms']
 */
export function gradientNormMeter(options: PerTensorOptions = {}): Meter {
  const { perTensor } = complete('gradientNormMeter', options, { perTensor: true });
  return meter({
    name: 'gradient norm',
    needs: ['gradientNorms'],
    begin: () => ({
      async afterStep({ norms }) {
        const each = Array.from(await norms(), ([place, { gradient }]) => [place, gradient] as const);
        const whole = scalar('gradient norm', together(each.map(([, value]) => value)));
        return [whole, ...(perTensor ? scalars('gradient norm', each) : [])];
      },
    }),
  });
}
