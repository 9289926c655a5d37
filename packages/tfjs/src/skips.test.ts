import { chain, mul, transform, type Transform } from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { optimizer, type DownhillOptimizer } from './optimizer.ts';

const half = transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });
const skipping = (maxConsecutive?: number): Transform =>
  transform({ name: 'skipping', config: {}, skipsNonFinite: maxConsecutive === undefined ? {} : { maxConsecutive } });

describe('steps with a bad gradient', () => {
  beforeAll(() => tf.setBackend('cpu'));

  function withWeight(body: (step: (ours: DownhillOptimizer, g: number) => void) => void | Promise<void>): Promise<void> {
    const w = tf.tidy(() => tf.variable(tf.scalar(0), true, 'w'));
    const step = (ours: DownhillOptimizer, g: number): void => tf.tidy(() => ours.applyGradients({ w: tf.scalar(g) }));
    return Promise.resolve(body(step)).finally(() => w.dispose());
  }

  test('are skipped without end by the option, and by a rule without a limit', () =>
    withWeight((step) => {
      for (const ours of [optimizer(half, { nonFinite: 'skip' }), optimizer(chain(skipping(), half))]) {
        for (let i = 0; i < 30; i++) step(ours, Number.NaN);
        expect([ours.skippedSteps, ours.iterations]).toEqual([30, 0]);
        ours.dispose();
      }
    }));

  test('end at the lowest of several limits', () =>
    withWeight((step) => {
      const ours = optimizer(chain(skipping(3), skipping(1), half), { nonFinite: 'skip' });
      step(ours, Number.NaN);
      expect(() => step(ours, Number.NaN)).toThrow('2 times in a row by now');
      ours.dispose();
    }));

  test('are counted on where a saved state is loaded; one without counts begins at none', () =>
    withWeight(async (step) => {
      const before = tf.memory().numTensors;
      const [first, second] = [optimizer(chain(skipping(1), half)), optimizer(chain(skipping(1), half))];
      step(first, Number.NaN);
      const state = await first.getWeights();
      expect(state.map(({ name, tensor }) => [name, [...tensor.dataSync()]])).toContainEqual(['skips', [1, 1]]);
      await second.setWeights(state);
      expect(() => step(second, Infinity)).toThrow('[non-finite]');
      await second.setWeights(state.filter(({ name }) => name !== 'skips'));
      expect(second.skippedSteps).toBe(0);
      const neverSkips = optimizer(half);
      expect((await neverSkips.getWeights()).map(({ name }) => name)).toEqual(['iter']);
      for (const each of [first, second, neverSkips]) each.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }));
});
