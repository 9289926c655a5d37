import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { difference, on } from '../../test/backends.ts';
import { sumOf, tensor } from '../../test/tensors.ts';
import { registerWasmTrainingKernels } from '../register.ts';

describe('products of matrices', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerWasmTrainingKernels();
  });

  test('matrix products of any shape agree with the cpu backend, transposed, stacked and broadcast', async () => {
    const size = fc.integer({ min: 1, max: 20 });
    const stacks = fc.constantFrom<[number[], number[]]>(
      [[], []],
      [[3], [3]],
      [[1], [4]],
      [
        [2, 3],
        [2, 3],
      ],
      [[], [2]],
    );
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        size,
        stacks,
        fc.boolean(),
        fc.boolean(),
        fc.nat(),
        async (m, k, n, [left, right], transposeA, transposeB, seed) => {
          const run = (): tf.Tensor =>
            tf.matMul(
              tensor([...left, ...(transposeA ? [k, m] : [m, k])], seed),
              tensor([...right, ...(transposeB ? [n, k] : [k, n])], seed + 1),
              transposeA,
              transposeB,
            );
          expect(difference(await on('wasm', run), await on('cpu', run), sumOf(k))).toBeUndefined();
        },
      ),
      { numRuns: 100 },
    );
  });

  test('stacks of matrices are broadcast axis by axis', async () => {
    // tfjs's own kernels take the larger of both batch sizes for the size of the result.
    for (const transposeB of [false, true]) {
      const b = (): tf.Tensor => tensor(transposeB ? [1, 3, 2, 5] : [1, 3, 5, 2], 2);
      const [product] = await on('wasm', () => tf.matMul(tensor([2, 1, 4, 5], 1), b(), false, transposeB));
      const [expected] = await on('cpu', () =>
        tf.matMul(tf.tile(tensor([2, 1, 4, 5], 1), [1, 3, 1, 1]), tf.tile(b(), [2, 1, 1, 1]), false, transposeB),
      );
      expect(difference([product!], [expected!], sumOf(5))).toBeUndefined();
    }
  });

  test('products with bias and activation agree with the cpu backend', async () => {
    const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;
    const size = fc.integer({ min: 1, max: 40 });
    const calls = fc.record({
      rows: size,
      inner: size,
      columns: size,
      activation: fc.constantFrom(...activations),
      biased: fc.boolean(),
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(calls, async ({ rows, inner, columns, activation, biased, transposeA, transposeB, seed }) => {
        const run = (): tf.Tensor =>
          tf.fused.matMul({
            a: tensor(transposeA ? [inner, rows] : [rows, inner], seed),
            b: tensor(transposeB ? [columns, inner] : [inner, columns], seed + 1),
            transposeA,
            transposeB,
            activation,
            ...(biased ? { bias: tensor([columns], seed + 2) } : {}),
            ...(activation === 'prelu' ? { preluActivationWeights: tensor([columns], seed + 3) } : {}),
            ...(activation === 'leakyrelu' ? { leakyreluAlpha: 0.3 } : {}),
          });
        expect(difference(await on('wasm', run), await on('cpu', run), sumOf(inner + 1))).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});
