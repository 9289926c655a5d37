import { checkNumber, checkOneOf, complete } from '@downhill/core';
import { meter, type Meter } from './meter.ts';
import { deviation } from './tensor-norms.ts';

/** Where the ratio of update to weight should be, roughly: Karpathy's notes for Stanford's CS231n, "Ratio of weights:updates". */
export const UPDATE_RATIO_GUIDE = 1e-3;

/** Keeps the ratio of a weight that is all zeros a number. */
const EPSILON = 1e-12;

export interface UpdateRatioMeterOptions {
  /**
   * What is compared: `norm` their Euclidean norms; `deviation` their standard deviations, which a mean that is not 0 (as of a bias or a
   * scale) does not hide. @defaultValue 'norm'
   */
  readonly by?: 'norm' | 'deviation';
  /** Where the line is drawn. @defaultValue 1e-3, {@link UPDATE_RATIO_GUIDE} */
  readonly guide?: number;
}

/**
 * How far a step moves each tensor, relative to its size: `update ratio/0/kernel`.
 *
 *     ratio = ‖wₜ₊₁ − wₜ‖ / (‖wₜ‖ + 10⁻¹²)
 *
 * About 1e-3 is healthy; far above it the learning rate may be too high, far below too low (CS231n, "Ratio of weights:updates"). Biases that
 * begin at 0 lie high at first. Each reading carries the guide. With `measured(...)` the optimizer's kernel takes the norms. Cost: no
 * pass; `deviation`, or a chain that is not measured, reads the weights before and after the step.
 *
 * @example
 * const ratios = updateRatioMeter();
 * ratios.needs; // ['updateNorms']
 *
 * @throws DownhillError `invalid-argument` for another `by`, or a guide that is not above 0.
 */
export function updateRatioMeter(options: UpdateRatioMeterOptions = {}): Meter {
  const { by, guide } = complete('updateRatioMeter', options, { by: 'norm', guide: UPDATE_RATIO_GUIDE });
  checkOneOf('updateRatioMeter', 'by', by, ['norm', 'deviation']);
  checkNumber('updateRatioMeter', { guide }, { above: 0 });
  const ratio = (place: string, update: number, weight: number) =>
    ({ kind: 'scalar', name: `update ratio/${place}`, value: update / (weight + EPSILON), guide }) as const;
  return meter({
    name: 'update ratio',
    needs: [by === 'norm' ? 'updateNorms' : 'weightsBefore'],
    begin: () => ({
      async afterStep({ norms, values, weightsBefore }) {
        if (by === 'norm') return Array.from(await norms(), ([place, { update, weight }]) => ratio(place, update, weight));
        const read = Array.from(await values(), async ([place, after]) => {
          const before = (await weightsBefore.get(place)?.data()) ?? [];
          return ratio(place, deviation(after, before), deviation(before));
        });
        return Promise.all(read);
      },
    }),
  });
}
