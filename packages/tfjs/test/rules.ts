import {
  abs,
  add,
  clamp,
  div,
  masked,
  max,
  maxAbs,
  mean,
  min,
  mul,
  norm,
  randomNormal,
  randomUniform,
  select,
  greater,
  sqrt,
  square,
  sub,
  sum,
  transform,
  zeros,
  zerosOver,
  type Transform,
} from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

// Rules in the manner of well-known ones, each with another kind of reduction.

export const adamLike = (): Transform =>
  transform({
    name: 'adamLike',
    config: {},
    slots: { m: zeros, v: zeros },
    scalars: ({ t }) => ({ correction: 1 / (1 - 0.9 ** t) }),
    update(g, { slots, scalars }) {
      const m = add(mul(slots.m, 0.9), mul(g, 0.1));
      const v = add(mul(slots.v, 0.99), mul(square(g), 0.01));
      return { update: div(mul(m, scalars.correction), add(sqrt(v), 1e-8)), slots: { m, v } };
    },
  });

export const clip = (over: 'tensor' | 'all', most = 1): Transform =>
  transform({
    name: 'clip',
    config: [over, most],
    update(g) {
      const length = norm(g, { over });
      return { update: mul(g, min(div(most, length), 1)), statistics: { length } };
    },
  });

/** The update as long as the weight (LAMB, LARS). */
export const trustRatio = (): Transform =>
  transform({
    name: 'trustRatio',
    config: {},
    update(g, { parameter }) {
      const [weight, update] = [norm(parameter), norm(g)];
      const ratio = select(greater(update, 0), div(weight, update), 1);
      return { update: mul(g, ratio), statistics: { ratio } };
    },
  });

/** Second moments of rows and columns in the place of a matrix (Adafactor). */
export const factored = (): Transform =>
  transform({
    name: 'factored',
    config: {},
    slots: { rows: zerosOver([-1]), columns: zerosOver([-2]) },
    update(g, { slots }) {
      const squares = add(square(g), 1e-30);
      const rows = add(mul(slots.rows, 0.9), mul(mean(squares, { over: [-1] }), 0.1));
      const columns = add(mul(slots.columns, 0.9), mul(mean(squares, { over: [-2] }), 0.1));
      return { update: div(g, sqrt(div(mul(rows, columns), mean(rows)))), slots: { rows, columns } };
    },
  });

/** Holds the norm of each column, what one unit sees of its inputs, at `most`. */
export const maxNorm = (most: number): Transform =>
  transform({
    name: 'maxNorm',
    config: [most],
    weights(next, { info }) {
      const over = info.shape.slice(1).map((_, axis) => axis);
      const length = norm(next, { over });
      return mul(next, div(clamp(length, 0, most), max(length, 1e-7)));
    },
  });

/** One number for all parameters, estimated from how far all of them have moved (Prodigy, D-Adaptation). */
export const distance = (): Transform =>
  transform({
    name: 'distance',
    config: {},
    slots: { d: { fill: 1e-3, over: 'all' as const }, start: { fill: 'parameter', over: [] }, s: zeros },
    update(g, { parameter, slots }) {
      const s = add(slots.s, mul(slots.d, g));
      const along = sum(mul(g, sub(slots.start, parameter)), { over: 'all' });
      const d = max(slots.d, div(abs(along), add(sum(abs(s), { over: 'all' }), 1e-8)));
      return { update: mul(g, d), slots: { d, s }, statistics: { d } };
    },
  });

export const kernels = (inner: Transform): Transform => masked(inner, { minRank: 2 });
export const others = (inner: Transform): Transform => masked(inner, { maxRank: 1 });

/** The mean of what is above the mean: a reduction that needs another one. */
export const aboveMean = (): Transform =>
  transform({
    name: 'aboveMean',
    config: {},
    update: (g) => ({ update: g, statistics: { spread: maxAbs(sub(g, mean(g))) } }),
  });

export const noisy = (): Transform =>
  transform({
    name: 'noisy',
    config: {},
    update: (g) => add(g, mul(randomNormal({ seed: 5 }), randomUniform({ seed: 5, stream: 'size' }))),
  });

/** Divides each matrix by its norm with the adapter's own operations. */
export const normalize = (): Transform =>
  transform<'seen', 'scale', Tensor>({
    name: 'normalize',
    config: {},
    slots: { seen: zeros },
    scalars: () => ({ scale: 0.5 }),
    matrix: (g, { slots, scalars }) => ({
      update: tf.mul(tf.div(g, tf.add(tf.norm(g), 1e-3)), scalars.scale),
      slots: { seen: tf.add(slots.seen, g) },
    }),
  });
