import { checkNumber } from '@downhill/core';
import { fillRows, rowOf } from '../checks/rows.ts';
import { softmax } from '../fitting/softmax.ts';
import { calibrator, type Calibrator } from './calibrator.ts';
import { checkedKind, logitsOf, type ScoreOptions } from './scores.ts';

/**
 * Temperature scaling: one number makes all predictions less sure (above 1) or surer (below 1). The predicted classes stay.
 *
 *     p = softmax(z / T)
 *
 * Of probabilities, z is their logarithm, which gives the same as their logits would. Guo et al. 2017, equation 9 (arXiv:1706.04599).
 *
 * @param T Above 0. `fitTemperature` finds it.
 *
 * @example
 * calibrate(outputsFrom([[0.9, 0.1]]), temperature(1)).values[0].toFixed(6); // '0.900000'
 *
 * @throws DownhillError `invalid-argument`
 */
export function temperature(T: number, options: ScoreOptions = {}): Calibrator {
  checkNumber('temperature', { T }, { above: 0 });
  const of = checkedKind('temperature', options);
  return calibrator({
    name: 'temperature',
    config: [T, { of }],
    of,
    apply(scores) {
      const logits = logitsOf(scores, of);
      return fillRows(scores.shape, (row, i) => {
        rowOf(logits, i).forEach((z, k) => (row[k] = z / T));
        softmax(row);
      });
    },
  });
}
