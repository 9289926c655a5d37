import { complete, type KeptTensor } from '@downhill/core';
import type { PerTensorOptions } from './gradient-norm-meter.ts';
import { meter, scalar, scalars, type Meter } from './meter.ts';
import { distance, together } from './tensor-norms.ts';

/**
 * How far the weights have come from where they began: `distance from start` over all tensors, `distance from start/0/kernel` of each.
 *
 *     ‖wₜ − w₀‖
 *
 * As in Cockpit (Schneider et al. 2021, section 2, "Distance"). Cost: no pass, and the memory of one more copy of the weights; checkpoints keep
 * that copy, so that a resumed run measures from the same place.
 *
 * @example
 * const travelled = distanceMeter({ perTensor: false });
 * travelled.name; // 'distance from start'
 */
export function distanceMeter(options: PerTensorOptions = {}): Meter {
  const { perTensor } = complete('distanceMeter', options, { perTensor: true });
  return meter({
    name: 'distance from start',
    async begin({ variables }) {
      const copies = variables.map(async ({ key, variable }): Promise<[string, KeptTensor]> => {
        const values = Float32Array.from(await variable.data());
        return [key, { dtype: 'float32', shape: variable.shape, values }];
      });
      let start: ReadonlyMap<string, KeptTensor> = new Map(await Promise.all(copies));
      return {
        async afterStep({ values }) {
          const each = Array.from(await values(), ([place, weight]) => [place, distance(start.get(place)?.values ?? [], weight)] as const);
          const whole = scalar('distance from start', together(each.map(([, value]) => value)));
          return [whole, ...(perTensor ? scalars('distance from start', each) : [])];
        },
        saveTensors: () => start,
        loadTensors(tensors) {
          start = tensors;
        },
      };
    },
  });
}
