import { testTransform } from '@downhill/conformance';
import { chain, masked, type Transform } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, training, type Weights } from '../test/walk.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { freeze } from './freeze.ts';
import { sam } from './sam.ts';
import { sgd } from './sgd.ts';
import { wsam } from './wsam.ts';

testTransform('sam', () => sam(adam({ learningRate: 0.1 })), { factories: { sam, adam } });
testTransform('sam', () => sam(sgd(), { adaptive: true, rho: 0.5 }), {
  factories: { sam, sgd },
  problems: (learningRate) => sam(sgd({ learningRate }), { adaptive: true, rho: 0.5 }),
});
testTransform('wsam', () => wsam(adamw({ learningRate: 0.1 })), { factories: { wsam, adamw } });
testTransform('wsam', () => wsam(sgd(), { decouple: false }), {
  factories: { wsam, sgd },
  problems: (learningRate) => wsam(sgd({ learningRate }), { decouple: false }),
});

/** The weights after a step on ½ a² + b², from a = 3 and b = 2: the gradient is (3, 4), of length 5. */
const step = (rule: Transform): Promise<Weights> =>
  training(rule, { a: [3], b: [2] }, (ours, weights, [a, b]) => {
    const cost = ours.minimize(() => tf.sum(tf.add(tf.mul(tf.square(a!), 0.5), tf.square(b!))), true, [a!, b!]);
    expect(cost?.dataSync()[0]).toBe(8.5); // of the weights, not of where it looked
    cost?.dispose();
    return weights();
  });

describe('sam', () => {
  const plain = sgd({ learningRate: 1 });

  test('takes the gradient ρ up the slope, one norm over all weights', async () => {
    // At (3, 2) + 0.5 (0.6, 0.8) = (3.3, 2.4) it is (3.3, 4.8).
    expect(await step(sam(plain, { rho: 0.5 }))).toEqual({ a: [about(-0.3)], b: [about(-2.8)] });
    expect(await step(sam(plain))).toEqual({ a: [about(-0.03)], b: [about(2 - 2 * 2.04)] });
  });

  test('adds epsilon to the norm', async () => {
    expect(await step(sam(plain, { rho: 1, epsilon: 5 }))).toEqual({ a: [about(-0.3)], b: [about(-2.8)] });
  });

  test('adaptive goes by each weight’s size', async () => {
    // w g = (9, 8), of length √145; w² g = (27, 16).
    const [a, b] = [3 + 27 / Math.sqrt(145), 2 + 16 / Math.sqrt(145)];
    expect(await step(sam(plain, { rho: 1, adaptive: true }))).toEqual({ a: [about(3 - a)], b: [about(2 - 2 * b)] });
    const wide = 2 * Math.sqrt(145);
    expect(await step(sam(plain, { rho: 2, adaptive: true, epsilon: Math.sqrt(145) }))).toEqual({
      a: [about(-(2 * 27) / wide)],
      b: [about(2 - 2 * (2 + (2 * 16) / wide))],
    });
  });

  test('does nothing without a slope, also without an epsilon', async () => {
    await training(sam(plain, { epsilon: 0 }), { w: [1, 2] }, (ours, weights, [w]) => {
      ours.minimize(() => tf.sum(tf.mul(w!, 0)), false, [w!]);
      expect(weights()).toEqual({ w: [1, 2] });
    });
  });

  test('moves neither what is frozen nor what its mask leaves out', async () => {
    expect(await step(chain(sam(plain, { rho: 0.5 }), freeze({ names: ['b'] })))).toEqual({ a: [about(-0.5)], b: [2] });
    expect(await step(masked(sam(plain, { rho: 0.5 }), { names: ['a'] }))).toEqual({ a: [about(-0.5)], b: [-2] });
  });

  test('leaves a hole that is narrower than ρ, where sgd stays', async () => {
    // A hole of width 0.1 at 0 and a wide one at 1.
    const loss = (w: tf.Tensor): tf.Scalar => {
      const hole = (at: number, width: number): tf.Tensor => tf.exp(tf.neg(tf.square(tf.div(tf.sub(w, at), width))));
      return tf.neg(tf.add(hole(0, 0.1), hole(1, 0.7))) as tf.Scalar;
    };
    const end = (rule: Transform): Promise<number> =>
      training(rule, { w: 0.05 }, (ours, weights, [w]) => {
        for (let i = 0; i < 300; i++) ours.minimize(() => loss(w!), false, [w!]);
        return weights()['w']![0]!;
      });
    expect(Math.abs(await end(sgd({ learningRate: 0.002 })))).toBeLessThan(0.1);
    expect(await end(sam(sgd({ learningRate: 0.02 }), { rho: 0.3 }))).toBeGreaterThan(0.3);
  });

  test('cannot be one of two that look at the loss, nor be given gradients', async () => {
    await expect(step(sam(sam(plain)))).rejects.toThrow('only one rule of a chain can evaluate the loss itself');
    const ours = optimizer(sam(plain));
    expect(() => ours.applyGradients({})).toThrow('[unsupported] optimizer: sam evaluates the loss itself');
    ours.dispose();
  });

  test.each([
    [() => sam(plain, { rho: -1 }), '`rho` must be'],
    [() => sam(plain, { adaptive: 1 as never }), '`adaptive` must be true or false, got 1'],
    [() => sam({ rho: 1 } as never), 'sam: takes transforms'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('wsam', () => {
  const velocity = sgd({ learningRate: 0.5, momentum: 0.9 });

  test('weighs the gradient up the slope with α = γ / (1 − γ)', async () => {
    // α 3: 3 (3.3, 4.8) − 2 (3, 4) = (3.9, 6.4)
    expect(await step(wsam(sgd({ learningRate: 1 }), { rho: 0.5, gamma: 0.75, decouple: false }))).toEqual({
      a: [expect.closeTo(-0.9, 5)],
      b: [expect.closeTo(-4.4, 5)],
    });
    expect(await step(wsam(sgd({ learningRate: 1 }), { rho: 0.5, gamma: 0.5 }))).toEqual({
      a: [expect.closeTo(-0.3, 5)],
      b: [expect.closeTo(-2.8, 5)],
    });
  });

  test('decoupled keeps sharpness out of the velocity', async () => {
    const two = (rule: Transform): Promise<number> =>
      training(rule, { w: [3] }, (ours, weights, [w]) => {
        for (let i = 0; i < 2; i++) ours.minimize(() => tf.sum(tf.mul(tf.square(w!), 0.5)), false, [w!]);
        return weights()['w']![0]!;
      });
    // Sharpness is ρ = 0.5, α is 1. Steps ½ (3 + 0.5), then ½ (0.9 · 3 + 1.25 + 0.5); coupled the velocity holds the 0.5 as well.
    expect(await two(wsam(velocity, { rho: 0.5, gamma: 0.5 }))).toBeCloseTo(1.25 - 0.5 * (0.9 * 3 + 1.25 + 0.5), 5);
    expect(await two(wsam(velocity, { rho: 0.5, gamma: 0.5, decouple: false }))).toBeCloseTo(1.25 - 0.5 * (0.9 * 3.5 + 1.25 + 0.5), 5);
  });

  test.each([
    [() => wsam(velocity, { gamma: 1 }), '`gamma` must be'],
    [() => wsam(chain(velocity, freeze({ names: ['a'] }))), '`decouple` takes a transform that ends in its learning rate, got chain'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
