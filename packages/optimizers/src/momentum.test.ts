import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { scaleByMomentum } from './momentum.ts';

testTransform('scaleByMomentum', () => scaleByMomentum(), { factories: { scaleByMomentum } });
testTransform('scaleByMomentum', () => scaleByMomentum({ momentum: 0.5, dampening: 0.5, nesterov: true }), {
  factories: { scaleByMomentum },
});

describe('scaleByMomentum', () => {
  test('adds up gradients in a velocity that friction slows', async () => {
    // Velocities 1, 2.5, 1.25.
    expect(await walkOne(scaleByMomentum({ momentum: 0.5 }), 0, [1, 2, 0])).toEqual([-1, -3.5, -4.75]);
  });

  test('comes to 1 / (1 − ρ) times the gradient, 10 times by itself', async () => {
    const way = await walkOne(
      scaleByMomentum(),
      0,
      Array.from({ length: 200 }, () => 1),
    );
    expect(way[198]! - way[199]!).toBeCloseTo(10, 3);
  });

  test('takes the first gradient whole and a share of the later ones with dampening', async () => {
    // Velocities 1, 0.5 · 1 + 0.25 · 2 = 1.
    expect(await walkOne(scaleByMomentum({ momentum: 0.5, dampening: 0.75 }), 0, [1, 2])).toEqual([-1, -2]);
  });

  test('in Nesterov’s form looks a step ahead', async () => {
    // g + ρ v: 1 + 0.5 · 1, then 2 + 0.5 · 2.5.
    expect(await walkOne(scaleByMomentum({ momentum: 0.5, nesterov: true }), 0, [1, 2])).toEqual([-1.5, -4.75]);
  });

  test.each([
    [{ momentum: 1 }, '`momentum` must be a finite number, at least 0 and below 1, got 1'],
    [{ dampening: 1.5 }, '`dampening` must be a finite number, at least 0 and at most 1, got 1.5'],
    [{ nesterov: 'no' as never }, '`nesterov` must be true or false, got "no"'],
  ])('refuses %o', (options, message) => {
    expect(() => scaleByMomentum(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`scaleByMomentum: ${message}`) }),
    );
  });

  test('tells momentum 0 from none at all', async () => {
    expect(await walkOne(scaleByMomentum({ momentum: 0 }), 0, [1, 2])).toEqual([-1, -3].map(about));
  });
});
