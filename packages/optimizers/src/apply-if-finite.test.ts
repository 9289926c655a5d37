import { testTransform } from '@downhill/conformance';
import { build, masked, schedule, type Transform } from '@downhill/core';
import { optimizer, register } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training } from '../test/walk.ts';
import { accumulate } from './accumulate.ts';
import { adam } from './adam.ts';
import { applyIfFinite } from './apply-if-finite.ts';
import { sgd } from './sgd.ts';

testTransform('applyIfFinite', () => applyIfFinite(adam({ learningRate: 0.1 }), { maxConsecutive: 2 }), {
  factories: { applyIfFinite, adam },
});

const halving = schedule({ name: 'halving', config: {}, at: (step) => 1 / 2 ** step });

describe('applyIfFinite', () => {
  test('skips a step with a bad gradient whole: weights, slots and the count of steps', async () => {
    await training(applyIfFinite(sgd({ learningRate: halving, momentum: 0.5 })), { a: [0], b: [0] }, (ours, weights) => {
      applyTo(ours, { a: [1], b: [1] });
      for (const bad of [Number.NaN, Infinity, -Infinity]) applyTo(ours, { a: [1], b: [bad] });
      expect([weights(), ours.iterations, ours.skippedSteps]).toEqual([{ a: [-1], b: [-1] }, 1, 3]);
      applyTo(ours, { a: [1], b: [1] }); // velocity 1.5, rate ½
      expect(weights()).toEqual({ a: [-1.75], b: [-1.75] });
    });
  });

  test('throws at one more than `maxConsecutive` in a row, applies nothing, and goes on', async () => {
    await training(applyIfFinite(sgd({ learningRate: 1 }), { maxConsecutive: 2 }), { a: [0], b: [0] }, (ours, weights) => {
      const bad = (): void => applyTo(ours, { a: [1], b: [Number.NaN] });
      for (let round = 1; round <= 2; round++) {
        bad();
        bad();
        expect(bad).toThrow(`[non-finite] optimizer: at step ${round - 1} the gradient of b is NaN or infinite, 3 times in a row by now`);
        expect(bad).toThrow('4 times in a row');
        applyTo(ours, { a: [1], b: [1] });
        expect([weights(), ours.iterations, ours.skippedSteps]).toEqual([{ a: [-round], b: [-round] }, round, 4 * round]);
      }
    });
  });

  test('goes on counting after its state was saved and loaded', async () => {
    register({ applyIfFinite, sgd });
    const rule = applyIfFinite(sgd(), { maxConsecutive: 2 });
    await training(rule, { w: [0] }, async (ours) => {
      const bad = { w: [Number.NaN] };
      applyTo(ours, bad);
      applyTo(ours, bad);
      const again = optimizer(build(JSON.parse(JSON.stringify(rule))) as Transform);
      await again.setWeights(await ours.getWeights());
      expect(again.skippedSteps).toBe(2);
      expect(() => applyTo(again, bad)).toThrow('3 times in a row');
      applyTo(again, { w: [1] });
      expect(() => applyTo(again, bad)).not.toThrow();
      again.dispose();
    });
  });

  test('looks at the weights that a mask leaves it', async () => {
    await training(masked(applyIfFinite(sgd({ learningRate: 1 })), { names: ['a'] }), { a: [0], b: [0] }, (ours, weights) => {
      applyTo(ours, { a: [Number.NaN], b: [1] });
      expect([weights(), ours.skippedSteps]).toEqual([{ a: [0], b: [0] }, 1]);
      applyTo(ours, { a: [1], b: [Infinity] });
      expect([weights(), ours.skippedSteps]).toEqual([{ a: [-1], b: [-Infinity] }, 1]);
    });
  });

  test('leaves a micro-batch out of an accumulated step, inside or outside', async () => {
    const inner = sgd({ learningRate: 1 });
    for (const rule of [applyIfFinite(accumulate(inner, { steps: 2 })), accumulate(applyIfFinite(inner), { steps: 2 })])
      await training(rule, { w: [0] }, (ours, weights) => {
        for (const g of [1, Number.NaN, 4]) applyTo(ours, { w: [g] });
        expect([weights(), ours.skippedSteps]).toEqual([{ w: [about(-2.5)] }, 1]);
      });
  });

  test('is stricter with the option `error` of the optimizer', async () => {
    const w = tf.tidy(() => tf.variable(tf.scalar(0), true, 'w'));
    const ours = optimizer(applyIfFinite(sgd()), { nonFinite: 'error' });
    expect(() => applyTo(ours, { w: Number.NaN })).toThrow('[non-finite]');
    ours.dispose();
    w.dispose();
  });
});
