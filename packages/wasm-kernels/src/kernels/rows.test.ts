import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomValues } from '../../test/arbitrary.ts';
import { on } from '../../test/backends.ts';
import { registerWasmTrainingKernels } from '../register.ts';

const RUNS = { numRuns: 60 };
const DTYPES = ['float32', 'int32', 'bool'] as const;

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
const dtypes = fc.constantFrom(...DTYPES);

/** Values that tell places apart. */
function tensor(shape: readonly number[], dtype: tf.DataType, seed: number): tf.Tensor {
  const values = randomValues(tf.util.sizeFromShape([...shape]), seed);
  return tf.tensor(
    dtype === 'float32' ? values : values.map((value) => Math.trunc(value * 1000) % (dtype === 'bool' ? 2 : 1000)),
    [...shape],
    dtype,
  );
}

/** A shape and, of each axis, where a part of it begins and how long it is, often the whole. */
const boxes = shapes.chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    cuts: fc.tuple(
      ...shape.map((length) =>
        fc.oneof(
          fc.constant({ begin: 0, size: length }),
          fc
            .integer({ min: 0, max: length - 1 })
            .chain((begin) => fc.record({ begin: fc.constant(begin), size: fc.integer({ min: 0, max: length - begin }) })),
        ),
      ),
    ),
  }),
);

const axesOf = (shape: readonly number[]): fc.Arbitrary<number> => fc.integer({ min: 0, max: shape.length - 1 });

async function expectBitsOfCpu(run: () => tf.Tensor | tf.Tensor[]): Promise<void> {
  const before = tf.findBackend('wasm').numDataIds();
  expect(await on('wasm', run)).toEqual(await on('cpu', run));
  expect(tf.findBackend('wasm').numDataIds()).toBe(before);
}

describe('kernels that copy rows move the values that tfjs cpu moves', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerWasmTrainingKernels();
  });

  test('slice', async () => {
    await fc.assert(
      fc.asyncProperty(boxes, dtypes, fc.nat(), async ({ shape, cuts }, dtype, seed) => {
        await expectBitsOfCpu(() =>
          tf.slice(
            tensor(shape, dtype, seed),
            cuts.map(({ begin }) => begin),
            cuts.map(({ size }) => size),
          ),
        );
      }),
      RUNS,
    );
  });

  test('split and unstack', async () => {
    const cases = shapes.chain((shape) => fc.record({ shape: fc.constant(shape), axis: axesOf(shape), cut: fc.nat(6) }));
    await fc.assert(
      fc.asyncProperty(cases, dtypes, fc.nat(), async ({ shape, axis, cut }, dtype, seed) => {
        const length = shape[axis]!;
        const first = cut % (length + 1);
        await expectBitsOfCpu(() => tf.split(tensor(shape, dtype, seed), [first, length - first], axis));
        await expectBitsOfCpu(() => tf.unstack(tensor(shape, dtype, seed), axis - shape.length));
      }),
      RUNS,
    );
  });

  test('concat and stack', async () => {
    const cases = shapes.chain((shape) =>
      fc.record({ shape: fc.constant(shape), axis: axesOf(shape), lengths: fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }) }),
    );
    await fc.assert(
      fc.asyncProperty(cases, dtypes, fc.nat(), async ({ shape, axis, lengths }, dtype, seed) => {
        await expectBitsOfCpu(() =>
          tf.concat(
            lengths.map((length, i) => tensor(shape.with(axis, length), dtype, seed + i)),
            axis,
          ),
        );
        await expectBitsOfCpu(() =>
          tf.stack(
            lengths.map((_, i) => tensor(shape, dtype, seed + i)),
            axis,
          ),
        );
      }),
      RUNS,
    );
  });

  test('concat of different dtypes', () => expectBitsOfCpu(() => tf.concat([tensor([2, 3], 'float32', 1), tensor([2, 3], 'int32', 2)], 1)));

  test('gather, with and without batch dimensions', async () => {
    const cases = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        axis: axesOf(shape),
        picks: fc.array(fc.nat(100), { maxLength: 7 }),
        isBatched: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, dtypes, fc.nat(), async ({ shape, axis, picks, isBatched }, dtype, seed) => {
        const batchDims = isBatched && axis > 0 ? 1 : 0;
        const batch = batchDims === 1 ? shape[0]! : 1;
        const chosen = Array.from({ length: batch }, (_, i) => picks.map((pick) => (pick + i) % shape[axis]!));
        const indices = (): tf.Tensor => tf.tensor(chosen.flat(), batchDims === 1 ? [batch, picks.length] : [picks.length], 'int32');
        await expectBitsOfCpu(() => tf.gather(tensor(shape, dtype, seed), indices(), axis, batchDims));
      }),
      RUNS,
    );
  });

  test('an index outside is refused as tfjs refuses it, and leaves nothing behind', async () => {
    await tf.setBackend('wasm');
    const [x, indices] = [tensor([3, 2], 'float32', 1), tf.tensor1d([0, 3], 'int32')];
    const before = tf.memory().numTensors;
    expect(() => tf.gather(x, indices)).toThrow('GatherV2: the index value 3 is not in [0, 2]');
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, indices]);
  });

  test('a part that reaches over the end is refused', async () => {
    await tf.setBackend('wasm');
    const x = tensor([3, 2], 'float32', 1);
    expect(() => tf.slice(x, [1, 0], [3, 2])).toThrow(/begin\[0\] \+ size\[0\] \(4\) would overflow input\.shape\[0\] \(3\)/);
    x.dispose();
  });

  test('values that are still to be worked out are, before they are moved', () =>
    expectBitsOfCpu(() => {
      const sum = tf.add(tensor([64, 80], 'float32', 1), tensor([64, 80], 'float32', 2));
      return [
        tf.slice(sum, [3, 5], [20, 30]),
        tf.concat([sum, sum], 1),
        ...tf.split(sum, 4, 1),
        tf.gather(sum, tf.tensor1d([5, 1], 'int32')),
      ];
    }));
});
