import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { split, type ArrayData } from './array-data.ts';
import { batches, disposeBatch, type Batch } from './batches.ts';

const ascending = (a: number, b: number): number => a - b;
const data = (examples: number): ArrayData => ({
  xs: { values: Uint8Array.from({ length: examples * 2 }, (_, i) => i), shape: [2], scale: 1 / 255 },
  ys: { values: Int32Array.from({ length: examples }, (_, i) => i), shape: [] },
  weights: Float32Array.from({ length: examples }, (_, i) => i / 2),
});

async function labels(source: Iterable<Batch> | AsyncIterable<Batch>): Promise<number[][]> {
  const seen: number[][] = [];
  for await (const batch of source) {
    seen.push([...batch.ys.dataSync()]);
    disposeBatch(batch);
  }
  return seen;
}

describe('batches', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('go through every example once, in a new order each epoch, the same at every call', async () => {
    const source = batches(data(10), { batchSize: 4, shuffle: 3 });
    expect(source).toMatchObject({ examples: 10, batchesPerEpoch: 3 });
    const [first, again, second] = [await labels(source.batches(0)), await labels(source.batches(0)), await labels(source.batches(1))];
    expect(first.map((batch) => batch.length)).toEqual([4, 4, 2]);
    expect(first.flat().toSorted(ascending)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(again).toEqual(first);
    expect(second).not.toEqual(first);
  });

  test('start anywhere in an epoch', async () => {
    const source = batches(data(10), { batchSize: 4, shuffle: 3 });
    expect(await labels(source.batches(2, 1))).toEqual((await labels(source.batches(2))).slice(1));
    expect(await labels(source.batches(2, 3))).toEqual([]);
  });

  test('keep inputs, labels and weights together, scaled and typed', async () => {
    for await (const batch of batches(data(5), { batchSize: 2, shuffle: 1 }).batches(0)) {
      const [xs, ys] = [await (batch.xs as tf.Tensor).array(), await batch.ys.array()] as [number[][], number[]];
      expect(xs).toEqual(ys.map((y) => [expect.closeTo((2 * y) / 255, 6), expect.closeTo((2 * y + 1) / 255, 6)]));
      expect([...batch.weights!.dataSync()]).toEqual(ys.map((y) => y / 2));
      expect([(batch.xs as tf.Tensor).dtype, batch.ys.dtype]).toEqual(['float32', 'int32']);
      disposeBatch(batch);
    }
  });

  test('without a shuffle leave the order alone', async () => {
    expect((await labels(batches(data(5), { batchSize: 2, shuffle: false }).batches(4))).flat()).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([
    [{ batchSize: 0, shuffle: 1 }, '`batchSize`'],
    [{ batchSize: 2.5, shuffle: 1 }, '`batchSize`'],
    [{ shuffle: true }, '`shuffle`'],
  ])('refuse %j', (options, message) => {
    expect(() => batches(data(5), options as never)).toThrow(message);
  });

  test('refuse columns of different lengths', () => {
    const { xs, ys } = data(5);
    expect(() => batches({ xs, ys: data(4).ys }, { shuffle: 1 })).toThrow(
      expect.objectContaining({ code: 'shape-mismatch', message: expect.stringContaining('`ys`') }),
    );
    expect(() => batches({ xs, ys, weights: new Float32Array(4) }, { shuffle: 1 })).toThrow('`weights`');
    expect(() => batches({ xs: { values: new Float32Array(9), shape: [2] }, ys }, { shuffle: 1 })).toThrow('`xs`');
  });
});

describe('split', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('shuffles first: data sorted by class keeps all classes on both sides', async () => {
    const sorted: ArrayData = {
      xs: { values: new Float32Array(100), shape: [] },
      ys: { values: Int32Array.from({ length: 100 }, (_, i) => Math.floor(i / 10)), shape: [] },
    };
    const { training, heldOut } = split(sorted, { share: 0.3, seed: 1 });
    const [many, few] = [
      (await labels(batches(training, { shuffle: false }).batches(0))).flat(),
      (await labels(batches(heldOut, { shuffle: false }).batches(0))).flat(),
    ];
    expect([many.length, few.length]).toEqual([70, 30]);
    expect(new Set(many).size).toBe(10);
    expect(new Set(few).size).toBeGreaterThan(6); // the last 30 rows as they lie would have 3
  });

  test('puts every example on one side, the same one for the same seed', async () => {
    const sides = async (seed: number): Promise<number[][]> => {
      const { training, heldOut } = split(data(10), { share: 0.4, seed });
      return [
        (await labels(batches(training, { shuffle: false }).batches(0))).flat(),
        (await labels(batches(heldOut, { shuffle: false }).batches(0))).flat(),
      ];
    };
    expect((await sides(1)).flat().toSorted(ascending)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await sides(1)).toEqual(await sides(1));
    expect(await sides(1)).not.toEqual(await sides(2));
  });

  test('splits what was split', async () => {
    const { training } = split(data(10), { share: 0.5 });
    const { training: left, heldOut: right } = split(training, { share: 0.4 });
    const all = await labels(batches(training, { shuffle: false, batchSize: 10 }).batches(0));
    const parts = [
      ...(await labels(batches(left, { shuffle: false }).batches(0))),
      ...(await labels(batches(right, { shuffle: false }).batches(0))),
    ];
    expect(parts.flat().toSorted(ascending)).toEqual(all.flat().toSorted(ascending));
  });

  test.each([0, 1, Number.NaN, '0.5'])('refuses a share of %j', (share) => {
    expect(() => split(data(4), { share: share as number })).toThrow('`share`');
  });
});
