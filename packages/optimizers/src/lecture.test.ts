import type { Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { applyTo, training } from '../test/walk.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { nesterovLookAhead } from './nesterov-look-ahead.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

// What a lecture on optimization says about these rules, as numbers.

type Point = readonly number[];

/** Where a point is after each step down a slope, the start included. */
const descend = (rule: Transform, from: Point, slopeAt: (at: Point) => Point, steps: number): Promise<readonly Point[]> =>
  training(rule, { w: [...from] }, (ours, weights) => {
    const at = (): Point => weights()['w'] ?? [];
    const way = [at()];
    for (let step = 0; step < steps; step++) {
      applyTo(ours, { w: [...slopeAt(at())] });
      way.push(at());
    }
    return way;
  });

const constantSlope = (): Point => [1];

/** The lengths of the steps of a way along one axis. */
const stepsOf = (way: readonly Point[]): readonly number[] => way.slice(1).map(([x = 0], i) => Math.abs(x - (way[i]?.[0] ?? 0)));

describe('in a narrow valley, 100 times as steep across as along', () => {
  const valley = ([along = 0, across = 0]: Point): Point => [along, 100 * across];
  const [start, steps]: [Point, number] = [[1, 1], 100];
  const best = 2 / 101; // for SGD: 2 / (λ₁ + λ₂)
  const distance = (way: readonly Point[]): number => Math.hypot(...(way.at(-1) ?? []));
  const crossings = (way: readonly Point[]): number => way.filter(([, across = 0], i) => across * (way[i - 1]?.[1] ?? 0) < 0).length;
  const lengthAcross = (way: readonly Point[]): number =>
    way.slice(1).reduce((sum, [, across = 0], i) => sum + Math.abs(across - (way[i]?.[1] ?? 0)), 0);

  test('SGD zig-zags: at its best rate it crosses the valley with each step', async () => {
    const way = await descend(sgd({ learningRate: best }), start, valley, steps);
    expect(crossings(way)).toBe(steps);
    expect(lengthAcross(way)).toBeGreaterThan(80); // to come from 1 to 0
    expect(distance(way)).toBeCloseTo(Math.SQRT2 * (99 / 101) ** steps, 3); // (κ − 1) / (κ + 1) a step
  });

  test('a smaller rate ends the zig-zag and hurts the direction that is slow already', async () => {
    const way = await descend(sgd({ learningRate: best / 4 }), start, valley, steps);
    expect(crossings(way)).toBe(0);
    expect(distance(way)).toBeGreaterThan(0.6);
  });

  test('momentum cancels what alternates: it crosses seldom, goes a shorter way and gets further', async () => {
    // A tenth of the rate, for a velocity that comes to ten gradients.
    const way = await descend(sgd({ learningRate: best / 10, momentum: 0.9 }), start, valley, steps);
    expect(crossings(way)).toBeLessThanOrEqual(15);
    expect(lengthAcross(way)).toBeLessThan(6);
    expect(distance(way)).toBeLessThan(0.11);
  });

  test('momentum at its best rate needs the root of the steps', async () => {
    // Polyak 1964: rate (2 / (√λ₁ + √λ₂))², friction ((√κ − 1) / (√κ + 1))², which is also what is left of the distance, squared.
    const rule = sgd({ learningRate: (2 / 11) ** 2, momentum: (9 / 11) ** 2 });
    expect(distance(await descend(rule, start, valley, steps))).toBeLessThan(1e-6);
  });
});

describe('Nesterov’s momentum', () => {
  const bowl = ([x = 0]: Point): Point => [x];
  const overshoot = (way: readonly Point[]): number => -Math.min(...way.map(([x = 0]) => x));
  const learningRate = 0.1;

  test('feels the ground one step earlier and overshoots less than plain momentum, in either form', async () => {
    const plain = overshoot(await descend(sgd({ learningRate, momentum: 0.9 }), [1], bowl, 100));
    const rearranged = overshoot(await descend(sgd({ learningRate, momentum: 0.9, nesterov: true }), [1], bowl, 100));
    const lookAhead = await training(nesterovLookAhead({ learningRate, momentum: 0.9 }), { w: [1] }, (ours, weights, variables) =>
      overshoot(
        Array.from({ length: 100 }, () => {
          ours.minimize(() => tf.tidy(() => tf.sum(tf.mul(tf.square(variables[0]!), 0.5))), false, [...variables]);
          return weights()['w'] ?? [];
        }),
      ),
    );
    expect(plain).toBeCloseTo(0.604, 3);
    expect(rearranged).toBeCloseTo(0.394, 3);
    expect(lookAhead).toBeCloseTo(0.355, 3);
  });
});

describe('over a long run on an even slope', () => {
  test('AdaGrad’s steps die out, and those of RMSProp go on', async () => {
    const dying = stepsOf(await descend(adagrad({ learningRate: 0.1 }), [0], constantSlope, 400));
    const lasting = stepsOf(await descend(rmsprop({ learningRate: 0.1, decayRate: 0.9 }), [0], constantSlope, 400));
    expect(dying[0]).toBeCloseTo(0.1, 6);
    expect(dying[399]).toBeCloseTo(0.1 / Math.sqrt(400), 5); // the t-th is η / √t
    expect(lasting[399]).toBeCloseTo(0.1, 5);
    expect(dying.reduce((sum, step) => sum + step)).toBeCloseTo(0.1 * 38.57, 2); // η Σ 1/√t, which grows as 2 √t
    expect(lasting.reduce((sum, step) => sum + step)).toBeGreaterThan(40);
  });

  test('Adam’s first steps without bias correction are far too long', async () => {
    const rule = { learningRate: 0.1, epsilon: 0 };
    const corrected = stepsOf(await descend(adam(rule), [0], constantSlope, 20));
    const without = stepsOf(await descend(adam({ ...rule, biasCorrection: false }), [0], constantSlope, 20));
    expect(Math.max(...corrected.map((step) => Math.abs(step - 0.1)))).toBeLessThan(1e-5);
    // 0.1 g / √(0.001 g²) = √10 at first, and then (1 − 0.9ᵗ) / √(1 − 0.999ᵗ).
    expect(without[0]).toBeCloseTo(0.1 * Math.sqrt(10), 5);
    for (const [i, step] of without.entries()) {
      const t = i + 1;
      expect(step).toBeCloseTo((0.1 * (1 - 0.9 ** t)) / Math.sqrt(1 - 0.999 ** t), 4);
    }
    expect(Math.min(...without)).toBeGreaterThan(0.3); // three times what was asked for, and six times at the worst
    expect(Math.max(...without)).toBeGreaterThan(0.6);
  });
});

describe('where the slope is 0 and it still goes down', () => {
  // ½ x² − ½ y² + ¼ y⁴: a saddle at 0, minima at y = ±1.
  const saddle = ([x = 0, y = 0]: Point): Point => [x, y ** 3 - y];
  // ¼ x⁴ + ⅓ x³: a level place at 0, the minimum at −1.
  const ledge = ([x = 0]: Point): Point => [x ** 3 + x ** 2];
  const end = async (rule: Transform, from: Point, slope: (at: Point) => Point): Promise<Point> =>
    (await descend(rule, from, slope, 400)).at(-1) ?? [];

  test('SGD stays', async () => {
    expect((await end(sgd({ learningRate: 0.01 }), [1, 1e-6], saddle))[1]).toBeLessThan(1e-4);
    expect((await end(sgd({ learningRate: 0.1 }), [1], ledge))[0]).toBeGreaterThan(0);
  });

  test.each([
    ['momentum', sgd({ learningRate: 0.01, momentum: 0.9 }), sgd({ learningRate: 0.1, momentum: 0.9 })],
    ['Adam', adam({ learningRate: 0.01 }), adam({ learningRate: 0.1 })],
  ])('%s goes on to the minimum', async (_, onSaddle, onLedge) => {
    expect((await end(onSaddle, [1, 1e-6], saddle))[1]).toBeCloseTo(1, 2);
    expect((await end(onLedge, [1], ledge))[0]).toBeCloseTo(-1, 2);
  });
});
