import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bagging } from './bagging.ts';
import { bootstrapCounts, outOfBagRows, outOfBagShare } from './bootstrap.ts';
import { deepEnsemble } from './deep-ensemble.ts';
import { randomSubspaces } from './random-subspaces.ts';
import { takeFeatures } from './take-features.ts';
import { takeRows } from './take-rows.ts';

const wrong = (part: string) => expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(part) });

describe('plans', () => {
  test('give a member by its index alone, however many there are', () => {
    const few = bagging({ examples: 30, members: 2, seed: 4 });
    const many = bagging({ examples: 30, members: 50, seed: 4 });
    expect(few.member(1)).toEqual(many.member(1));
    expect(few.member(1)).toEqual(few.member(1));
    expect(few.member(0).rows).not.toEqual(few.member(1).rows);
  });

  test('of different seeds have no member in common', () => {
    const seeds = [0, 1, 2].flatMap((seed) =>
      Array.from({ length: 40 }, (_, index) => deepEnsemble({ members: 40, seed }).member(index).seed),
    );
    expect(new Set(seeds).size).toBe(120);
  });

  test('have the defaults of the papers', () => {
    expect(deepEnsemble().size).toBe(5);
    expect(bagging({ examples: 7 }).size).toBe(10);
    expect(bagging({ examples: 7 }).member(3).rows).toHaveLength(7);
    expect(randomSubspaces({ features: 9 }).member(0).features).toHaveLength(5);
  });

  test('of seeds take these', () => {
    const plan = deepEnsemble({ seeds: [7, -3] });
    expect([plan.size, plan.member(0).seed, plan.member(1).seed]).toEqual([2, 7, -3]);
  });

  test('of subspaces draw distinct features that there are, in ascending order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.integer(), (features, share, seed) => {
        const drawn = randomSubspaces({ features, share, seed, members: 3 }).member(2).features!;
        expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
        expect(drawn.length).toBe(Math.max(1, Math.round(features * share)));
        expect(drawn.every((feature) => feature >= 0 && feature < features)).toBe(true);
      }),
    );
    const often = new Int32Array(6);
    const plan = randomSubspaces({ features: 6, members: 600 });
    for (let index = 0; index < 600; index++) for (const feature of plan.member(index).features!) often[feature]! += 1;
    expect(Math.min(...often)).toBeGreaterThan(250); // 300 expected, standard deviation 12
  });

  test.each([
    ['members', () => deepEnsemble({ members: 0 })],
    ['member', () => deepEnsemble({ member: 3 } as never)],
    ['seeds', () => deepEnsemble({ seeds: [1, 2], members: 3 })],
    ['twice', () => deepEnsemble({ seeds: [1, 1] })],
    ['seeds[]', () => deepEnsemble({ seeds: [0.5] })],
    ['examples', () => bagging({} as never)],
    ['draws', () => bagging({ examples: 5, draws: 0 })],
    ['features', () => randomSubspaces({ features: 0 })],
    ['share', () => randomSubspaces({ features: 4, share: 0 })],
  ])('with a wrong %s are refused', (part, make) => {
    expect(make).toThrow(wrong(part));
  });
});

describe('a bootstrap sample', () => {
  test('counts, and leaves out, each example once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 90 }), fc.integer(), (examples, draws, seed) => {
        const rows = bagging({ examples, draws, seed }).member(0).rows!;
        const counts = bootstrapCounts(rows, examples);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(draws);
        expect([...outOfBagRows(rows, examples)]).toEqual([...counts.keys()].filter((row) => !rows.includes(row)));
      }),
    );
  });

  test('leaves out the share that is expected', () => {
    const plan = bagging({ examples: 200, members: 100, seed: 1 });
    const left = Array.from({ length: 100 }, (_, index) => outOfBagRows(plan.member(index).rows!, 200).length / 200);
    const mean = left.reduce((sum, share) => sum + share, 0) / 100;
    expect(mean).toBeCloseTo(outOfBagShare(200), 2);
    expect(outOfBagShare(10, 1)).toBeCloseTo(0.9, 12);
  });

  test('of rows that there are not is refused', () => {
    expect(() => outOfBagRows([3], 3)).toThrow(wrong('row'));
    expect(() => outOfBagRows([0.5], 3)).toThrow(wrong('row'));
    expect(() => outOfBagShare(0)).toThrow(wrong('examples'));
  });
});

describe('parts of a data set', () => {
  const data = {
    xs: { values: Float32Array.from({ length: 12 }, (_, i) => i), shape: [1, 3] },
    ys: { values: Int32Array.of(0, 1, 2, 3), shape: [] },
  };

  test('take rows within rows', () => {
    const part = takeRows(data, [3, 1]);
    expect(part.rows).toEqual(Int32Array.of(3, 1));
    expect(takeRows(part, [0, 0, 1]).rows).toEqual(Int32Array.of(3, 3, 1));
    expect(() => takeRows(part, [2])).toThrow(wrong('row'));
    expect(() => takeRows(data, [4])).toThrow(wrong('row'));
  });

  test('take features of the last axis, and keep the type of the values', () => {
    expect(takeFeatures(data, [2, 0]).xs).toEqual({ values: Float32Array.of(2, 0, 5, 3, 8, 6, 11, 9), shape: [1, 2] });
    const bytes = { ...data, xs: { values: Uint8Array.of(1, 2, 3, 4), shape: [2], scale: 0.5 } };
    expect(takeFeatures(bytes, [1]).xs).toEqual({ values: Uint8Array.of(2, 4), shape: [1], scale: 0.5 });
    expect(() => takeFeatures(data, [3])).toThrow(wrong('feature'));
    expect(() => takeFeatures({ ...data, xs: { values: new Float32Array(4), shape: [] } }, [0])).toThrow(
      expect.objectContaining({ code: 'shape-mismatch' }),
    );
  });
});
