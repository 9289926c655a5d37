import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomValues } from '../test/arbitrary.ts';
import { on } from '../test/backends.ts';
import { registerWasmTrainingKernels } from './register.ts';

/** Multiples of 1/8: the loss and its differences are exact in float32 wherever the function is linear in the operand. */
const eighths = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(
    randomValues(tf.util.sizeFromShape(shape), seed).map((value) => Math.round(value * 8) / 8),
    shape,
  );

const as4d = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

interface Case {
  readonly name: string;
  readonly operands: readonly number[][];
  readonly f: (...operands: tf.Tensor[]) => tf.Tensor;
}

const CASES: readonly Case[] = [
  {
    name: 'conv2d, same',
    operands: [
      [2, 5, 4, 3],
      [3, 3, 3, 5],
    ],
    f: (x, w) => tf.conv2d(as4d(x!), as4d(w!), 1, 'same'),
  },
  {
    name: 'conv2d, valid, stride 2',
    operands: [
      [2, 6, 7, 2],
      [2, 3, 2, 3],
    ],
    f: (x, w) => tf.conv2d(as4d(x!), as4d(w!), 2, 'valid'),
  },
  {
    name: 'conv2d, explicit padding',
    operands: [
      [1, 4, 5, 1],
      [2, 2, 1, 9],
    ],
    f: (x, w) =>
      tf.conv2d(
        as4d(x!),
        as4d(w!),
        [2, 1],
        [
          [0, 0],
          [0, 1],
          [2, 0],
          [0, 0],
        ],
      ),
  },
  {
    name: 'conv2dTranspose',
    operands: [
      [1, 3, 3, 4],
      [3, 3, 2, 4],
    ],
    f: (x, w) => tf.conv2dTranspose(as4d(x!), as4d(w!), [1, 6, 6, 2], 2, 'same'),
  },
  {
    name: 'depthwiseConv2d',
    operands: [
      [2, 5, 5, 5],
      [3, 3, 5, 1],
    ],
    f: (x, w) => tf.depthwiseConv2d(as4d(x!), as4d(w!), 1, 'same'),
  },
  {
    name: 'depthwiseConv2d, several filters a channel',
    operands: [
      [1, 5, 6, 3],
      [3, 2, 3, 2],
    ],
    f: (x, w) => tf.depthwiseConv2d(as4d(x!), as4d(w!), 2, 'valid'),
  },
  { name: 'maxPool', operands: [[2, 6, 4, 5]], f: (x) => tf.maxPool(as4d(x!), 2, 2, 'valid') },
  { name: 'avgPool', operands: [[1, 6, 5, 6]], f: (x) => tf.avgPool(as4d(x!), 3, 1, 'valid') },
  {
    name: 'matMul',
    operands: [
      [3, 5],
      [5, 4],
    ],
    f: (a, b) => tf.matMul(a!, b!),
  },
  {
    name: 'matMul, both transposed',
    operands: [
      [2, 5, 3],
      [2, 4, 5],
    ],
    f: (a, b) => tf.matMul(a!, b!, true, true),
  },
  { name: 'gather', operands: [[4, 3]], f: (x) => tf.gather(x!, tf.tensor1d([3, 0, 3, 1], 'int32')) },
];

describe('gradients on wasm against finite differences', () => {
  beforeAll(() => registerWasmTrainingKernels());

  test.each(CASES)('$name', async ({ operands, f, name }) => {
    const distinct = name === 'maxPool' ? 1 / 64 : 0; // no two values of a window within a step of each other
    const make = (): tf.Tensor[] =>
      operands.map((shape, i) =>
        tf.add(eighths(shape, i + 1), tf.mul(tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), shape), distinct)),
      );
    const loss = (...xs: tf.Tensor[]): tf.Scalar => tf.sum(tf.mul(f(...xs), eighths(f(...xs).shape, 9)));
    const gradients = await on('wasm', () => tf.grads(loss)(make()));
    const step = 2 ** -8;
    for (const [operand, shape] of operands.entries()) {
      const size = tf.util.sizeFromShape(shape);
      const [differences] = await on('wasm', () =>
        tf.stack(
          Array.from({ length: size }, (_, i) => {
            const moved = (by: number): tf.Scalar => {
              const nudge = tf.reshape(tf.mul(tf.oneHot(tf.scalar(i, 'int32'), size), by), shape);
              return loss(...make().map((x, j) => (j === operand ? tf.add(x, nudge) : x)));
            };
            return tf.div(tf.sub(moved(step), moved(-step)), 2 * step);
          }),
        ),
      );
      // The loss is of order 10 with an error of a few float32 roundings, divided by two steps.
      for (const [i, value] of differences!.entries()) expect(Math.abs(value - gradients[operand]![i]!)).toBeLessThan(1e-3);
    }
  });
});
