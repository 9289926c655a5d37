import { testTransform } from '@downhill/conformance';
import { schedule, type Schedule } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walkOne } from '../test/walk.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

const halving = (): Schedule => schedule({ name: 'halving', config: {}, at: (step) => 1 / 2 ** step });

testTransform('scaleByLearningRate', () => scaleByLearningRate(0.1), { factories: { scaleByLearningRate } });
testTransform('scaleByLearningRate', () => scaleByLearningRate(halving()), {
  factories: { scaleByLearningRate, halving },
  problems: scaleByLearningRate, // half the rate after each step is too soon
});

describe('scaleByLearningRate', () => {
  test('multiplies by the rate', async () => {
    expect(await walkOne(scaleByLearningRate(0.1), 1, [2])).toEqual([about(0.8)]);
  });

  test('asks a schedule at each step, from 0', async () => {
    expect(await walkOne(scaleByLearningRate(halving()), 0, [1, 1, 1])).toEqual([-1, -1.5, -1.75]);
  });

  test('shows the rate of the last step, and before the first the one to come', async () => {
    await training(scaleByLearningRate(halving()), { w: [0] }, (ours) => {
      expect(ours.scalars).toEqual({ learningRate: 1 });
      applyTo(ours, { w: [1] });
      applyTo(ours, { w: [1] });
      expect(ours.scalars).toEqual({ learningRate: 0.5 });
    });
  });

  test('climbs at a negative rate', async () => {
    expect(await walkOne(scaleByLearningRate(-1), 0, [1])).toEqual([1]);
  });

  test('applies nothing where a schedule gives NaN', async () => {
    const broken = schedule({ name: 'broken', config: {}, at: (step) => (step === 1 ? Number.NaN : 1) });
    await training(scaleByLearningRate(broken), { w: [0] }, (ours, weights) => {
      applyTo(ours, { w: [1] });
      expect(() => applyTo(ours, { w: [1] })).toThrow(
        expect.objectContaining({ code: 'non-finite', message: expect.stringContaining('broken: the schedule gives NaN at step 1') }),
      );
      expect(weights()).toEqual({ w: [-1] });
      expect(ours.iterations).toBe(1);
    });
  });

  test.each([Number.NaN, Infinity, '0.1', null, { learningRate: 0.1 }, () => 0.1])('refuses %o', (rate) => {
    expect(() => scaleByLearningRate(rate as never)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: expect.stringContaining('scaleByLearningRate: `learningRate` must be '),
      }),
    );
  });
});
