import { randomStream, streamKey } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { gradientError } from '../../test/finite-differences.ts';
import {
  fractionalMaxPool,
  maxOverRegions,
  maxOverRegionsWithIndices,
  pseudorandomBoundaries,
  randomBoundaries,
  sampledRegions,
  type PoolingRegions,
  type RegionKind,
} from '../index.ts';
import { FractionalMaxPooling2D } from '../layers.ts';

const axes = fc
  .integer({ min: 1, max: 60 })
  .chain((input) => fc.record({ input: fc.constant(input), output: fc.integer({ min: 1, max: input }) }));
const steps = (boundaries: readonly number[]): number[] => boundaries.slice(1).map((next, i) => next - boundaries[i]!);

describe('regions', () => {
  test('between boundaries fill the axis, in steps of two neighbouring lengths', () => {
    fc.assert(
      fc.property(axes, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer(), (axis, u, seed) => {
        const alpha = axis.input / axis.output;
        for (const boundaries of [pseudorandomBoundaries(axis, u), randomBoundaries(axis, randomStream(streamKey(seed, 'r')))]) {
          expect([boundaries[0], boundaries.at(-1), boundaries.length]).toEqual([0, axis.input, axis.output + 1]);
          for (const step of steps(boundaries)) expect([Math.floor(alpha), Math.floor(alpha) + 1, Math.ceil(alpha)]).toContain(step);
        }
      }),
    );
  });

  test('random ones come in every order, pseudorandom ones in few', () => {
    const all = (make: (i: number) => number[]): number => new Set(Array.from({ length: 300 }, (_, i) => make(i).join())).size;
    const axis = { input: 10, output: 7 };
    expect(all((i) => randomBoundaries(axis, randomStream(streamKey(i, 'r'))))).toBe(35); // 7 over 3
    expect(all((i) => pseudorandomBoundaries(axis, i / 300))).toBeLessThanOrEqual(7);
  });

  test('that are sampled have the kernel’s length and reach from end to end', () => {
    fc.assert(
      fc.property(axes, fc.integer({ min: 1, max: 4 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (axis, kernel, sample) => {
        fc.pre(axis.output + kernel - 1 <= axis.input);
        const regions = sampledRegions(axis, { kernel, sample });
        expect(regions.every(({ begin, end }) => end - begin === kernel)).toBe(true);
        expect(regions.at(-1)!.end).toBe(axis.input);
        if (axis.output > 1) expect(regions[0]!.begin).toBe(0);
        for (const step of steps(regions.map(({ begin }) => begin))) expect(step).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test.each([
    [() => pseudorandomBoundaries({ input: 4, output: 5 }, 0), '`output`'],
    [() => pseudorandomBoundaries({ input: 4, output: 2 }, 1), '`u`'],
    [() => randomBoundaries({ input: 4, output: 0 }, randomStream([0, 0])), '`output`'],
    [() => sampledRegions({ input: 4, output: 3 }, { kernel: 3, sample: 0 }), '`kernel`'],
    [() => sampledRegions({ input: 4, output: 2 }, { kernel: 2, sample: 1 }), '`sample`'],
  ])('%o is refused', (make, argument) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(argument) }));
  });
});

/** Distinct numbers, a tenth apart at least: a difference over 0.02 changes no maximum. */
const distinct = (shape: number[]): tf.Tensor => {
  const order = randomStream(streamKey(3, 'distinct')).permutation(tf.util.sizeFromShape(shape));
  return tf.tensor(
    Float32Array.from(order, (i) => i / 10),
    shape,
  );
};

/** By the definition, one number after another. */
function slowly(x: tf.Tensor, regions: PoolingRegions): { values: number[]; indices: number[] } {
  const [batch, , width, channels] = x.shape as [number, number, number, number];
  const data = x.arraySync() as number[][][][];
  const plane = (n: number, c: number) => ('rows' in regions ? regions : regions[n]![c]!);
  const values: number[] = [];
  const indices: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < plane(n, 0).rows.length; i++)
      for (let j = 0; j < plane(n, 0).columns.length; j++)
        for (let c = 0; c < channels; c++) {
          const { rows, columns } = plane(n, c);
          let [best, at] = [-Infinity, -1];
          for (let y = rows[i]!.begin; y < rows[i]!.end; y++)
            for (let z = columns[j]!.begin; z < columns[j]!.end; z++)
              if (data[n]![y]![z]![c]! > best) [best, at] = [data[n]![y]![z]![c]!, y * width + z];
          values.push(best);
          indices.push(at);
        }
  return { values, indices };
}

onEachBackend('fractional max pooling', () => {
  const kinds: readonly RegionKind[] = ['pseudorandom', 'random', 'sampled'];

  test.each(kinds)('over %s regions has the gradient of its values, with another ratio each way', (regions) => {
    const x = distinct([2, 6, 7, 2]);
    const key = streamKey(1, 'pool');
    for (const overlapping of [true, false])
      // Sums of 48 values up to 17: differences over 0.02 err by 48 · 17 · 6e-8 / 0.02.
      expect(gradientError((z) => fractionalMaxPool(z, { ratio: [1.5, 1.75], regions, overlapping, key }), x)).toBeLessThan(5e-3);
    x.dispose();
  });

  test('takes the first of equal values, and finds each, for any regions', () => {
    const axis = (length: number, outputs: number) =>
      fc.array(
        fc
          .integer({ min: 0, max: length - 1 })
          .chain((begin) => fc.record({ begin: fc.constant(begin), end: fc.integer({ min: begin + 1, max: length }) })),
        { minLength: outputs, maxLength: outputs },
      );
    const plane = fc.record({ rows: axis(5, 3), columns: axis(4, 2) });
    const planes = fc.oneof(plane, fc.array(fc.array(plane, { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 2 }));
    fc.assert(
      fc.property(planes, fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 80, maxLength: 80 }), (regions, numbers) => {
        tf.tidy(() => {
          const x = tf.tensor(numbers, [2, 5, 4, 2], 'float32');
          const { values, indices } = maxOverRegionsWithIndices(x, regions);
          const expected = slowly(x, regions);
          expect([...values.dataSync()]).toEqual(expected.values);
          expect([...indices.dataSync()]).toEqual(expected.indices);
          expect([...maxOverRegions(x, regions).dataSync()]).toEqual(expected.values);
          expect(values.shape).toEqual([2, 3, 2, 2]);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('is the same for the same key, another for another', () => {
    tf.tidy(() => {
      const x = distinct([1, 20, 20, 1]);
      const of = (seed: number): string =>
        fractionalMaxPool(x, { ratio: 1.4, key: streamKey(seed, 'p') })
          .dataSync()
          .join();
      expect(of(1)).toBe(of(1));
      expect(new Set([1, 2, 3, 4, 5, 6].map(of)).size).toBeGreaterThan(3);
    });
  });

  test('hands a NaN on, wherever in its region it is', () => {
    tf.tidy(() => {
      const x = tf.tensor4d([1, 2, Number.NaN, 0, 5, 6, 7, 8], [1, 2, 4, 1]);
      const rows = [{ begin: 0, end: 2 }];
      const columns = [
        { begin: 0, end: 2 },
        { begin: 1, end: 4 },
      ];
      expect([...maxOverRegions(x, { rows, columns }).dataSync()]).toEqual([6, Number.NaN]);
    });
  });

  test('with a ratio of 1 and no overlap leaves images as they are', () => {
    tf.tidy(() => {
      const x = distinct([2, 3, 4, 2]);
      const y = fractionalMaxPool(x, { ratio: 1, overlapping: false, key: [1, 2] });
      expect([...y.dataSync()]).toEqual([...x.dataSync()]);
    });
  });

  test('leaves its result and no other tensor, and none when it throws', () => {
    const x = distinct([1, 6, 6, 1]);
    const before = tf.memory().numTensors;
    fractionalMaxPool(x, { ratio: 2, key: [1, 2] }).dispose();
    expect(tf.memory().numTensors).toBe(before);
    const refused: readonly [() => unknown, string][] = [
      [() => fractionalMaxPool(x, { ratio: 0.9, key: [1, 2] }), '`ratio[0]`'],
      [() => fractionalMaxPool(x, { ratio: [2, Number.NaN], key: [1, 2] }), '`ratio[1]`'],
      [() => fractionalMaxPool(x, { ratio: [2, 7], key: [1, 2] }), 'got 7 for 6'],
      [() => fractionalMaxPool(x, { ratio: 1.2, kernel: 3, regions: 'sampled', key: [1, 2] }), '`kernel`'],
      [() => fractionalMaxPool(x, { ratio: 2, regions: 'grid' as never, key: [1, 2] }), '`regions`'],
      [() => fractionalMaxPool(x, { ratio: [2, 2, 2] as never, key: [1, 2] }), '`ratio`'],
      [() => fractionalMaxPool(x, { key: [1, 2] } as never), '`ratio'],
      [() => fractionalMaxPool(x, { ratio: 2 } as never), '`key`'],
    ];
    for (const [call, argument] of refused)
      expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(argument) }));
    const flat = tf.zeros([6, 6]);
    expect(() => fractionalMaxPool(flat, { ratio: 2, key: [1, 2] })).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    expect(() => maxOverRegions(x, [[]])).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    for (const [begin, end] of [
      [0, 7],
      [-1, 2],
      [3, 3],
    ] as const) {
      const regions = { rows: [{ begin: 0, end: 6 }], columns: [{ begin, end }] };
      expect(() => maxOverRegions(x, regions)).toThrow(
        expect.objectContaining({ code: 'shape-mismatch', message: expect.stringContaining(`got ${begin} to ${end}`) }),
      );
    }
    flat.dispose();
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });
});

onEachBackend('FractionalMaxPooling2D', () => {
  test('refuses a ratio or a kernel outside its range when it is made or built', () => {
    expect(() => new FractionalMaxPooling2D({ ratio: 0.5 })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => sequential({ layers: [new FractionalMaxPooling2D({ ratio: 20, inputShape: [12, 10, 2] })] })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('20 for 12') }),
    );
    const sampled = (kernel: number) => new FractionalMaxPooling2D({ ratio: 1.5, regions: 'sampled', kernel, inputShape: [12, 12, 2] });
    expect(() => sequential({ layers: [sampled(6)] })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`kernel` of 6') }),
    );
    expect(() => sequential({ layers: [sampled(5)] })).not.toThrow();
  });
});
