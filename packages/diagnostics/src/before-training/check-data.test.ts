import { randomStream, streamKey } from '@downhill/core';
import type { ArrayData } from '@downhill/training';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkData, checkText } from '../index.ts';

const random = randomStream(streamKey(1, 'check data'));

/** Pictures of 12 bytes, in three classes. */
function healthy(examples: number, offset = 0): ArrayData {
  const values = Uint8Array.from({ length: examples * 12 }, (_, i) => random.integerBelow(offset + i, 256));
  return { xs: { values, shape: [12], scale: 1 / 255 }, ys: { values: Int32Array.from({ length: examples }, (_, i) => i % 3), shape: [] } };
}

/** The same, with values as float32. */
function floats(change: (values: Float32Array) => void): ArrayData {
  const { xs, ys } = healthy(90);
  const values = Float32Array.from(xs.values, (value) => value / 255);
  change(values);
  return { xs: { values, shape: [12] }, ys };
}

const labels = (label: (i: number) => number): ArrayData => ({ ...healthy(90), ys: { values: Int32Array.from({ length: 90 }, (_, i) => label(i)), shape: [] } }); // prettier-ignore

describe('checking data', () => {
  test('nothing is wrong with healthy data', () => {
    const found = checkData({ training: healthy(300), test: healthy(90, 10_000), classes: 3 });
    expect(found).toMatchObject({ verdict: 'ok', constantFeatures: [], duplicates: [], leaked: [], labelCounts: [100, 100, 100] });
    expect(checkText(found)).toMatch(/^ok {2}data: nothing is wrong/);
  });

  test.each([
    ['a NaN', floats((values) => void (values[25] = Number.NaN)), 'failed', /NaN or infinite: 1 values, first in training example 2/],
    ['an infinity', floats((values) => void (values[0] = -Infinity)), 'failed', /NaN or infinite/],
    ['bytes that were not scaled', floats((values) => values.forEach((value, i) => (values[i] = 255 * value))), 'warning', /scale: mean/],
    ['a feature on another scale', floats((values) => values.forEach((value, i) => { if (i % 12 === 3) values[i] = 5000 * value; })), 'warning', /times apart/], // prettier-ignore
    ['features that are constant', floats((values) => values.forEach((_, i) => { if (i % 12 < 8) values[i] = 0.5; })), 'warning', /constant features: 8 of 12/], // prettier-ignore
    ['one value everywhere', floats((values) => values.fill(1)), 'failed', /spread 0/],
    ['a class that is rare', labels((i) => (i < 4 ? 2 : i % 2)), 'warning', /3 classes with 4 to 43/],
    ['a class that is missing', labels((i) => (i % 2 === 0 ? 0 : 2)), 'failed', /3 classes with 0 to 45/],
    ['one class alone', labels(() => 0), 'failed', /1 classes/],
  ] as const)('%s is found', (_, training, verdict, summary) => {
    expect(checkData({ training })).toMatchObject({ verdict, summary: expect.stringMatching(summary) });
  });

  test('examples that come twice are named, and those with another label counted', () => {
    const training = healthy(90);
    training.xs.values.copyWithin(12 * 30, 0, 12); // 30 is 0 again, of the same class
    training.xs.values.copyWithin(12 * 31, 12 * 5, 12 * 6); // 31 is 5 again, of another
    const found = checkData({ training });
    expect(found.duplicates).toEqual([{ first: 0, second: 30, sameLabel: true }, { first: 5, second: 31, sameLabel: false }]); // prettier-ignore
    expect(found).toMatchObject({ verdict: 'warning', numbers: { duplicates: 2, conflicting: 1 } });
  });

  test('examples that are held out and trained on are named, also across types and scales', () => {
    const training = healthy(300);
    const other = { ...floats(() => {}), rows: Int32Array.of(4, 7, 9) };
    expect(checkData({ training, test: other }).leaked).toEqual([4, 7, 9].map((row) => ({ first: row, second: row, sameLabel: true })));
    expect(checkData({ training: { ...training, rows: Int32Array.of(1, 2, 3) }, test: other }).leaked).toEqual([]);
    expect(checkData({ training, test: other }).verdict).toBe('failed');
  });

  test('as many duplicates are found as a search by brute force finds', () => {
    const tables = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(tables, (rows) => {
        const data = {
          xs: { values: Float32Array.from(rows.flat()), shape: [2] },
          ys: { values: new Float32Array(rows.length), shape: [] },
        };
        expect(checkData({ training: data }).duplicates).toHaveLength(rows.length - new Set(rows.map(String)).size);
      }),
    );
  });

  test('numbers to regress on are no classes', () => {
    const training = { ...healthy(90), ys: { values: Float32Array.from({ length: 90 }, (_, i) => i / 7), shape: [1] } };
    expect(checkData({ training }).labelCounts).toBeUndefined();
  });

  test.each([
    [{ training: { ...healthy(3), rows: new Int32Array() } }, 'data-invalid', /`training` is empty/],
    [{ training: healthy(3), test: { ...healthy(6), xs: { ...healthy(6).xs, shape: [6] }, ys: { values: new Int32Array(12), shape: [] } } }, 'shape-mismatch', /of shape \[6\]/], // prettier-ignore
    [{ training: healthy(3), classes: 1 }, 'invalid-argument', /`classes`/],
  ])('what cannot be checked is refused', (options, code, message) => {
    expect(() => checkData(options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});
