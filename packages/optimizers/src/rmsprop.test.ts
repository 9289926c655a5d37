import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { rmsprop, scaleByRms } from './rmsprop.ts';

testTransform('rmsprop', () => rmsprop({ learningRate: 0.1 }), { factories: { rmsprop } });
testTransform('rmsprop', () => rmsprop({ learningRate: 0.1, centered: true, momentum: 0.9 }), { factories: { rmsprop } });
testTransform('scaleByRms', () => scaleByRms(), { factories: { scaleByRms } });

describe('rmsprop', () => {
  test('divides by the root of a decaying mean of squares', async () => {
    // s = 0.25 · 4 = 1, then 0.75 + 0.25 · 9 = 3.
    expect(await walkOne(rmsprop({ learningRate: 0.1, decayRate: 0.75, epsilon: 0 }), 1, [2, 3])).toEqual(
      [0.8, 0.8 - 0.3 / Math.sqrt(3)].map(about),
    );
  });

  test('takes a first step that is far longer than the later ones, for want of a bias correction', async () => {
    const way = await walkOne(
      rmsprop({ learningRate: 0.1 }),
      0,
      Array.from({ length: 1000 }, () => 3),
    );
    expect(way[0]).toBeCloseTo(-0.1 / Math.sqrt(0.01), 5);
    expect(way[998]! - way[999]!).toBeCloseTo(0.1, 4);
  });

  test('centered divides by the standard deviation', async () => {
    // m = 0.25, s = 0.25, s − m² = 0.1875; then m = 0.9375, s = 2.4375, s − m² = 1.55859375.
    const way = await walkOne(rmsprop({ learningRate: 0.1, decayRate: 0.75, epsilon: 0, centered: true }), 0, [1, 3]);
    const first = 0.1 / Math.sqrt(0.1875);
    expect(way).toEqual([-first, -first - 0.3 / Math.sqrt(1.55859375)].map(about));
  });

  test('adds epsilon outside the root', async () => {
    expect(await walkOne(scaleByRms({ decayRate: 0, epsilon: 1 }), 0, [3])).toEqual([about(-0.75)]);
    // m = 1, s = 2, s − m² = 1: 2 / (1 + 1).
    expect(await walkOne(scaleByRms({ decayRate: 0.5, epsilon: 1, centered: true }), 0, [2])).toEqual([about(-1)]);
  });

  test('centered keeps the deviation of gradients that are large and nearly alike', async () => {
    // About 1000 ± 0.05: the difference of the mean of squares and the squared mean would be rounding in float32.
    const gradients = Array.from({ length: 300 }, (_, i) => Math.fround(1000 + (i % 2 === 0 ? 0.0625 : -0.0625)));
    let [m, s] = [0, 0];
    const deviation = gradients.map((g) => ((m = 0.5 * m + 0.5 * g), (s = 0.5 * s + 0.5 * g * g), Math.sqrt(s - m * m))).at(-1)!;
    const way = await walkOne(scaleByRms({ decayRate: 0.5, centered: true }), 0, [...gradients]);
    expect((way[298]! - way[299]!) / (gradients[299]! / deviation)).toBeCloseTo(1, 1);
    expect(Number.isFinite(way[299])).toBe(true);
  });

  test('keeps no velocity without momentum', () => {
    expect(rmsprop().parts.map(({ path }) => path)).toEqual(['scaleByRms', 'scaleByLearningRate']);
  });

  test('gathers what was divided in a velocity with momentum', async () => {
    // Divided: 2 / 1 = 2, then 3 / √3; velocity 2, then 0.5 · 2 + √3.
    const way = await walkOne(rmsprop({ learningRate: 0.1, decayRate: 0.75, epsilon: 0, momentum: 0.5 }), 1, [2, 3]);
    expect(way).toEqual([0.8, 0.8 - 0.1 * (1 + Math.sqrt(3))].map(about));
  });

  test.each([
    [{ decayRate: 1 }, 'scaleByRms: `decayRate` must be a finite number, at least 0 and below 1, got 1'],
    [{ epsilon: -1 }, 'scaleByRms: `epsilon` must be a finite number, at least 0, got -1'],
    [{ momentum: 2 }, 'rmsprop: `momentum` must be a finite number, at least 0 and below 1, got 2'],
    [{ centred: true } as never, 'rmsprop: has no option `centred`. Did you mean `centered`?'],
  ])('refuses %o', (options, message) => {
    expect(() => rmsprop(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });
});
