import { abs, DownhillError, norm, type Expression } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * An axis counted from the start.
 *
 * @throws DownhillError `shape-mismatch` where a weight of this shape has no such axis.
 */
export function axisOf(source: string, axis: number, shape: readonly number[]): number {
  const counted = axis < 0 ? axis + shape.length : axis;
  if (counted >= 0 && counted < shape.length) return counted;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `a weight of shape [${shape.join(', ')}] has no axis ${axis}`,
    advice: 'Choose the weights by a mask, such as { minRank: 2 }, or another axis.',
  });
}

/** √Σw² over some axes; over none each element's own magnitude. */
export const normOver = (w: Expression, axes: readonly number[]): Expression => (axes.length === 0 ? abs(w) : norm(w, { over: axes }));

/** {@link normOver} of a tensor; the axes keep size 1. */
export const tensorNormOver = (w: tf.Tensor, axes: readonly number[]): tf.Tensor =>
  axes.length === 0 ? tf.abs(w) : tf.sqrt(tf.sum(tf.square(w), [...axes], true));
