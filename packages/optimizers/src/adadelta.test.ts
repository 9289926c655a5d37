import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { adadelta, scaleByAdadelta } from './adadelta.ts';

testTransform('adadelta', () => adadelta(), { factories: { adadelta } });
testTransform('scaleByAdadelta', () => scaleByAdadelta({ decayRate: 0.5, epsilon: 0.1 }), { factories: { scaleByAdadelta } });

describe('adadelta', () => {
  test('divides by the root of the squares and multiplies by that of its own steps', async () => {
    // s = 0.25 · 4 = 1, d = 0; then d = 0.25 u², s = 0.75 + 0.25 = 1; epsilon 0.5 under both roots.
    const first = (Math.sqrt(0.5) / Math.sqrt(1.5)) * 2;
    const second = Math.sqrt(0.25 * first ** 2 + 0.5) / Math.sqrt(1.5);
    const way = await walkOne(adadelta({ learningRate: 0.1, decayRate: 0.75, epsilon: 0.5 }), 1, [2, 1]);
    expect(way).toEqual([1 - 0.1 * first, 1 - 0.1 * (first + second)].map(about));
  });

  test('goes the same way whatever the unit of the loss', async () => {
    const gradients = [3, -1, 2, 2, 1];
    const way = await walkOne(adadelta({ epsilon: 1e-8 }), 0, gradients);
    const large = await walkOne(
      adadelta({ epsilon: 1e-8 }),
      0,
      gradients.map((g) => 1000 * g),
    );
    expect(large).toEqual(way.map(about));
  });

  test('starts with steps of about the root of epsilon', async () => {
    const [first] = await walkOne(adadelta(), 0, [1]);
    expect(first).toBeCloseTo(-Math.sqrt(1e-6 / 0.1), 7);
  });

  test.each([
    [{ decayRate: 1 }, 'scaleByAdadelta: `decayRate` must be a finite number, at least 0 and below 1, got 1'],
    [{ epsilon: 0 }, 'scaleByAdadelta: `epsilon` must be a finite number, above 0, got 0'],
    [{ rho: 0.9 } as never, 'adadelta: has no option `rho`'],
  ])('refuses %o', (options, message) => {
    expect(() => adadelta(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });
});
