import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { adagrad, scaleByAdagrad } from './adagrad.ts';

testTransform('adagrad', () => adagrad({ learningRate: 0.1, initialAccumulator: 0.1 }), { factories: { adagrad } });
testTransform('scaleByAdagrad', () => scaleByAdagrad(), { factories: { scaleByAdagrad } });

describe('adagrad', () => {
  test('divides by the root of the sum of all squares', async () => {
    // Sums 9, 25, 25: steps 3/3, 4/5, 0.
    expect(await walkOne(adagrad({ learningRate: 0.1 }), 1, [3, 4, 0])).toEqual([0.9, 0.82, 0.82].map(about));
  });

  test('starts the sum at the accumulator', async () => {
    // 3 / √(7 + 9) = 0.75.
    expect(await walkOne(adagrad({ learningRate: 0.1, initialAccumulator: 7 }), 1, [3])).toEqual([about(0.925)]);
  });

  test('adds epsilon outside the root', async () => {
    expect(await walkOne(adagrad({ learningRate: 1, epsilon: 1 }), 0, [3])).toEqual([about(-0.75)]);
  });

  test('refuses a negative accumulator, and says who takes what', () => {
    expect(() => adagrad({ initialAccumulator: -1 })).toThrow(
      'scaleByAdagrad: `initialAccumulator` must be a finite number, at least 0, got -1',
    );
  });
});
