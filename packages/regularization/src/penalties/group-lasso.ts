import { checkNumber, complete, div, equal, kernelsOnly, mul, select, sum, type Mask } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, normOver, tensorNormOver } from '../axes.ts';
import { fused, makePenalty, type Penalty } from './penalty.ts';

/** Options of {@link groupLasso}. */
export interface GroupLassoOptions {
  /** λ, at least 0. @defaultValue 0.01 */
  factor?: number;
  /**
   * One group for each index along this axis; negative axes count from the end. −1 groups all that comes into a unit or a
   * filter, 0 of a dense kernel all that leaves an input. @defaultValue -1
   */
  groupAxis?: number;
  /** Weigh each group by the root of its size, so that large groups are not spared. @defaultValue true (Yuan & Lin 2006) */
  sqrtSize?: boolean;
  /** Which weights it acts on. @defaultValue `kernelsOnly`: no biases, no norms */
  mask?: Mask;
}

/**
 * Group lasso: pulls whole groups of weights to 0 together, so that units, filters or inputs drop out.
 *
 *     value = λ Σ_g c ‖w_g‖₂        gradient = λ c w_g / ‖w_g‖₂, 0 for a group of zeros
 *
 * c is √(size of a group), or 1. Yuan & Lin 2006; for networks Scardapane et al. 2017 (arXiv:1607.00485), equation 5.
 *
 * @example
 * const rule = groupLasso({ factor: 0.5, sqrtSize: false });
 * rule.value(tf.tensor2d([[3, 0], [4, 0]])).dataSync()[0]; // 2.5
 *
 * @throws DownhillError `invalid-argument` where `factor` is negative, `groupAxis` is no whole number or the mask is none; at
 * the first step `shape-mismatch` where a weight has no such axis.
 */
export function groupLasso(options: GroupLassoOptions = {}): Penalty {
  const config = complete('groupLasso', options, { factor: 0.01, groupAxis: -1, sqrtSize: true, mask: kernelsOnly });
  const { factor, groupAxis, sqrtSize, mask } = config;
  checkNumber('groupLasso', { factor }, { min: 0 });
  checkNumber('groupLasso', { groupAxis }, { integer: true });
  const groups = (shape: readonly number[]): { readonly axes: readonly number[]; readonly weight: number } => {
    const kept = axisOf('groupLasso', groupAxis, shape);
    const axes = shape.map((_, axis) => axis).filter((axis) => axis !== kept);
    const size = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
    return { axes, weight: factor * (sqrtSize ? Math.sqrt(size) : 1) };
  };
  return makePenalty({
    name: 'groupLasso',
    config,
    mask,
    rule: fused((w, { shape }) => {
      const { axes, weight } = groups(shape);
      const norms = normOver(w, axes);
      return { value: mul(sum(norms), weight), gradient: mul(div(w, select(equal(norms, 0), 1, norms)), weight) };
    }),
    of(w) {
      const { axes, weight } = groups(w.shape);
      const norms = (): tf.Tensor => tensorNormOver(w, axes);
      return {
        value: () => tf.mul(tf.sum(norms()), weight),
        gradient: () => tf.mul(tf.divNoNan(w, norms()), weight),
      };
    },
  });
}
