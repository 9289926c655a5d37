/** Tensors of seeded values, and what roundings to allow for sums of them. */
import * as tf from '@tensorflow/tfjs-core';
import { randomValues } from './arbitrary.ts';

/** Values lie in [-1, 1), so n terms add up to at most n, and n + 2 roundings of that are allowed. */
export const sumOf = (terms: number): number => terms * (terms + 2) * 2 ** -24;

export const tensor = (shape: readonly number[], seed: number): tf.Tensor =>
  tf.tensor(randomValues(tf.util.sizeFromShape([...shape]), seed), [...shape]);

export const tensor4d = (shape: readonly [number, number, number, number], seed: number): tf.Tensor4D => tensor(shape, seed) as tf.Tensor4D;

/** The gradients by image and filter of what `forward` makes of them. */
export const gradients = (
  forward: (image: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor4D,
  image: tf.Tensor4D,
  filter: tf.Tensor4D,
  dy: tf.Tensor,
): tf.Tensor[] => tf.grads((x, w) => forward(x as tf.Tensor4D, w as tf.Tensor4D))([image, filter], dy);
