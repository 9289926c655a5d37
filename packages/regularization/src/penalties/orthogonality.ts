import { checkNumber, checkOneOf, complete, kernelsOnly, sum, zerosOver, type Mask } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { makePenalty, type Penalty, type TensorPenalty } from './penalty.ts';

/** Options of {@link orthogonality}. */
export interface OrthogonalityOptions {
  /** At least 0. @defaultValue 0.01 (Keras) */
  factor?: number;
  /** `'cosine'` is Keras's and leaves lengths alone; `'soft'` and `'doubleSoft'` also want length 1. @defaultValue 'cosine' */
  kind?: 'cosine' | 'soft' | 'doubleSoft';
  /** What `'cosine'` wants at right angles: the rows or the columns (units, filters). @defaultValue 'rows' (Keras) */
  mode?: 'rows' | 'columns';
  /** Which weights it acts on. @defaultValue `kernelsOnly`: no biases, no norms */
  mask?: Mask;
}

/**
 * Pulls the rows or columns of a kernel towards right angles. A kernel of more than two axes is taken as a matrix
 * `[all other axes, last axis]`, a filter a column.
 *
 *     cosine        ½ factor Σ_{i≠j} |cos(wᵢ, wⱼ)| / (n (n − 1) / 2)     n rows or columns; 0 where there is but one
 *     soft          factor ‖WᵀW − I‖²                                    squared Frobenius norm
 *     doubleSoft    factor (‖WᵀW − I‖² + ‖WWᵀ − I‖²)
 *
 * Keras's `OrthogonalRegularizer`; Bansal et al. 2018 (arXiv:1810.09102), equations 1 and 2. Matrix products split the
 * chain's kernel in two: it costs a pass of tfjs operations over each weight. A row of zeros has no direction and no gradient.
 *
 * @example
 * const rule = orthogonality({ factor: 0.5, kind: 'soft' });
 * rule.value(tf.tensor2d([[1, 0], [0, 2]])).dataSync()[0]; // 4.5
 *
 * @throws DownhillError `invalid-argument` where `factor` is negative, `kind` or `mode` is another word or the mask is none.
 */
export function orthogonality(options: OrthogonalityOptions = {}): Penalty {
  const config = complete('orthogonality', options, { factor: 0.01, kind: 'cosine', mode: 'rows', mask: kernelsOnly });
  const { factor, kind, mode, mask } = config;
  checkNumber('orthogonality', { factor }, { min: 0 });
  checkOneOf('orthogonality', 'kind', kind, ['cosine', 'soft', 'doubleSoft']);
  checkOneOf('orthogonality', 'mode', mode, ['rows', 'columns']);
  const of = (w: tf.Tensor): TensorPenalty => {
    const matrix = tf.reshape<tf.Rank.R2>(w, [-1, w.shape.at(-1) ?? 1]);
    const { value, gradient } = kind === 'cosine' ? cosines(matrix, mode) : distances(matrix, kind === 'soft' ? 1 : 2);
    return { value: () => tf.mul(value(), factor), gradient: () => tf.reshape(tf.mul(gradient(), factor), w.shape) };
  };
  return makePenalty({
    name: 'orthogonality',
    config,
    mask,
    rule: {
      slots: { value: zerosOver('tensor') }, // carries the value from the tensors to the kernel's statistics
      matrix(g, { parameter, slots }) {
        const { value, gradient } = of(parameter);
        return { update: tf.add(g, gradient()), slots: { value: tf.reshape(value(), (slots['value'] as tf.Tensor).shape) } };
      },
      update: (g, { slots: { value } }) => ({ update: g, ...(value === undefined ? {} : { statistics: { penalty: sum(value) } }) }),
      ...(kind === 'cosine' ? {} : { cannotTake: ['huge'] }), // W WᵀW of weights of 1e30 is beyond float32
    },
    of,
  });
}

/** Σ_{i≠j} |nᵢ·nⱼ| / (n (n − 1)) of the rows or columns of length 1. */
function cosines(w: tf.Tensor2D, mode: 'rows' | 'columns'): TensorPenalty {
  const along = mode === 'rows' ? 1 : 0;
  const n = w.shape[1 - along] ?? 1;
  if (n < 2) return { value: () => tf.scalar(0), gradient: () => tf.zerosLike(w) };
  const norms = tf.sqrt(tf.sum(tf.square(w), along, true));
  const unit = tf.divNoNan<tf.Tensor2D>(w, norms);
  const products = mode === 'rows' ? tf.matMul(unit, unit, false, true) : tf.matMul(unit, unit, true, false);
  const apart = tf.mul<tf.Tensor2D>(products, tf.sub(1, tf.eye(n)));
  return {
    value: () => tf.div(tf.sum(tf.abs(apart)), n * (n - 1)),
    gradient() {
      const signs = tf.sign<tf.Tensor2D>(apart);
      const towards = mode === 'rows' ? tf.matMul(signs, unit) : tf.matMul(unit, signs);
      // What points along the vector changes its length only, which does not count.
      const across = tf.sub(towards, tf.mul(unit, tf.sum(tf.mul(towards, unit), along, true)));
      return tf.divNoNan(tf.mul(across, 2 / (n * (n - 1))), norms);
    },
  };
}

/**
 * ‖WᵀW − I‖² once, or with ‖WWᵀ − I‖², which is the same but for the difference of the two sizes. So the smaller of both
 * products is enough.
 */
function distances(w: tf.Tensor2D, times: 1 | 2): TensorPenalty {
  const [m, n] = w.shape;
  const wide = m < n;
  const smaller = wide ? tf.matMul(w, w, false, true) : tf.matMul(w, w, true, false);
  const off = tf.sub<tf.Tensor2D>(smaller, tf.eye(Math.min(m, n)));
  // The larger identity has |m − n| more ones, to which nothing answers in the larger product.
  const more = times === 2 ? Math.abs(m - n) : Math.max(0, n - m);
  return {
    value: () => tf.add(tf.mul(tf.sum(tf.square(off)), times), more),
    gradient: () => tf.mul(wide ? tf.matMul(off, w) : tf.matMul(w, off), 4 * times),
  };
}
