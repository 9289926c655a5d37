import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { rprop } from './rprop.ts';

testTransform('rprop', () => rprop({ learningRate: 0.1 }), { factories: { rprop } });

describe('rprop', () => {
  test('grows its step while the slope stays, and at a turn shrinks it and waits', async () => {
    // Steps 0.1, 0.12, none (0.06 from then), 0.06, 0.072.
    const way = await walkOne(rprop({ learningRate: 0.1 }), 0, [1, 100, -3, -1e-3, -1]);
    expect(way).toEqual([-0.1, -0.22, -0.22, -0.16, -0.088].map(about));
  });

  test('holds its step between two bounds', async () => {
    const rule = rprop({ learningRate: 1, grow: 3, shrink: 0.1, minStep: 0.5, maxStep: 2 });
    // Steps 1, 2 for 3, none and 0.5 for 0.2, 0.5.
    expect(await walkOne(rule, 0, [1, 1, -1, -1])).toEqual([-1, -3, -3, -2.5].map(about));
  });

  test('stands still where there is no slope', async () => {
    expect(await walkOne(rprop(), 1, [0, 0])).toEqual([1, 1]);
  });

  test('sees the sign of gradients whose product float32 cannot hold', async () => {
    expect(await walkOne(rprop({ learningRate: 0.1 }), 0, [1e-30, 1e-30, 1e30, 1e30])).toEqual([-0.1, -0.22, -0.364, -0.5368].map(about));
  });

  test.each([
    [
      { learningRate: 0 },
      '`learningRate` must be a finite number, above 0, got 0. It is where the steps start; they change by themselves.',
    ],
    [{ shrink: 1 }, '`shrink` must be a finite number, above 0 and below 1, got 1'],
    [{ grow: 1 }, '`grow` must be a finite number, above 1, got 1'],
    [{ minStep: 0 }, '`minStep` must be a finite number, above 0, got 0'],
    [{ minStep: 2, maxStep: 1 }, '`minStep` must be at most `maxStep` (1), got 2'],
  ])('refuses %o', (options, message) => {
    expect(() => rprop(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`rprop: ${message}`) }),
    );
  });
});
