import { checkNumber, checkOneOf, complete } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { histogram } from './histogram.ts';
import { meter, type Meter } from './meter.ts';

export interface HistogramMeterOptions {
  /** @defaultValue 'weights' */
  readonly of?: 'weights' | 'gradients';
  /** @defaultValue 30, as TensorBoard's `tf.summary.histogram` */
  readonly bins?: number;
}

/**
 * How the values of each trained tensor are spread: `weights/0/kernel` after the step, or `gradients/0/kernel`, between its smallest and
 * largest value. Values that are not finite are left out. Cost: no pass; the tensors are read.
 *
 * @example
 * const spread = histogramMeter({ of: 'gradients' });
 * spread.needs; // ['gradients']
 *
 * @throws DownhillError `invalid-argument` for another `of`, or bins that are no whole number of at least 1.
 */
export function histogramMeter(options: HistogramMeterOptions = {}): Meter {
  const { of, bins } = complete('histogramMeter', options, { of: 'weights', bins: 30 });
  checkOneOf('histogramMeter', 'of', of, ['weights', 'gradients']);
  checkNumber('histogramMeter', { bins }, { min: 1, integer: true });
  return meter({
    name: `${of} histogram`,
    needs: of === 'gradients' ? ['gradients'] : [],
    begin: () => ({
      async afterStep({ gradients, values }) {
        const read = async ([place, tensor]: [string, Tensor]): Promise<[string, ArrayLike<number>]> => [place, await tensor.data()];
        const tensors = of === 'weights' ? await values() : await Promise.all(Array.from(gradients, read));
        return Array.from(tensors, ([place, spread]) => {
          const counted = histogram(spread, bins);
          return counted === undefined ? [] : [{ kind: 'histogram', name: `${of}/${place}`, ...counted } as const];
        }).flat();
      },
    }),
  });
}
