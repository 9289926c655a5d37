import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { weightsHash } from './weights-hash.ts';

const hashOf = (...values: number[][]): Promise<string> =>
  weightsHash({ variables: values.map((list) => tf.variable(tf.tensor1d(list))), predict: (x: tf.Tensor | tf.Tensor[]) => x as tf.Tensor });

describe('weightsHash', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('is that of the float32 bytes', async () => {
    const bytes = Buffer.from(Float32Array.of(1.5, -2, 1e-40).buffer);
    expect(await hashOf([1.5], [-2, 1e-40])).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('takes -0 for 0, and every NaN for the same one', async () => {
    expect(await hashOf([-0, 1])).toBe(await hashOf([0, 1]));
    const [odd] = new Float32Array(Uint32Array.of(0xffc00001).buffer);
    expect(await hashOf([odd!])).toBe(await hashOf([Number.NaN]));
  });

  test('tells any other difference', async () => {
    expect(await hashOf([1, 2])).not.toBe(await hashOf([2, 1]));
    expect(await hashOf([1])).not.toBe(await hashOf([1 + 2 ** -23]));
  });
});
