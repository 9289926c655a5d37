import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { adamax, scaleByAdamax } from './adamax.ts';

testTransform('adamax', () => adamax({ learningRate: 0.1 }), { factories: { adamax } });
testTransform('scaleByAdamax', () => scaleByAdamax({ beta1: 0, beta2: 0 }), { factories: { scaleByAdamax } });

describe('adamax', () => {
  test('divides the corrected moment by the largest gradient, slowly forgotten', async () => {
    // m = 2, 1.5, corrected by 0.5 and 0.75: 4, 2; u = 4, 2.
    const way = await walkOne(adamax({ learningRate: 0.1, beta1: 0.5, beta2: 0.5, epsilon: 0 }), 1, [4, 1]);
    expect(way).toEqual([0.9, 0.8].map(about));
  });

  test('adds epsilon to the gradient before the larger is taken', async () => {
    // u = 5, then the larger of 2.5 and 2.
    const way = await walkOne(adamax({ learningRate: 1, beta1: 0, beta2: 0.5, epsilon: 1 }), 0, [4, 1]);
    expect(way).toEqual([-0.8, -1.2].map(about));
  });

  test.each([
    [{ beta1: 1 }, 'scaleByAdamax: `beta1` must be a finite number, at least 0 and below 1, got 1'],
    [{ beta2: -1 }, 'scaleByAdamax: `beta2` must be a finite number, at least 0 and below 1, got -1'],
    [{ epsilon: -1 }, 'scaleByAdamax: `epsilon` must be a finite number, at least 0, got -1'],
  ])('refuses %o', (options, message) => {
    expect(() => adamax(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
