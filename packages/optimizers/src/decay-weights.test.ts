import { testTransform } from '@downhill/conformance';
import { chain, schedule } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walk, walkOne } from '../test/walk.ts';
import { decayWeights } from './decay-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { sgd } from './sgd.ts';
import { sgdw } from './sgdw.ts';

testTransform('decayWeights', () => decayWeights(0.01), { factories: { decayWeights } });
testTransform('decayWeights', () => decayWeights(0.01, { minRank: 2, except: ['*/filter'] }), { factories: { decayWeights } });

describe('decayWeights', () => {
  test('adds a share of the weight to the gradient', async () => {
    const [after] = await walk(decayWeights(0.1), { w: [2, -3] }, [{ w: [0.5, 0] }]);
    expect(after).toEqual({ w: [2 - 0.7, -3 + 0.3].map(about) });
  });

  test('takes a schedule', async () => {
    const growing = schedule({ name: 'growing', config: {}, at: (step) => 0.1 * step });
    expect(await walkOne(decayWeights(growing), 1, [0, 0, 0])).toEqual([1, 0.9, 0.72].map(about));
  });

  test('is one and the same as an L2 penalty and decoupled, under plain SGD', async () => {
    const gradients = [1, -2, 3];
    const decoupled = await walkOne(sgdw({ learningRate: 0.1, weightDecay: 0.5 }), 1, gradients);
    expect(await walkOne(sgd({ learningRate: 0.1, weightDecay: 0.5 }), 1, gradients)).toEqual(decoupled);
    expect(await walkOne(chain(decayWeights(0.5), scaleByLearningRate(0.1)), 1, gradients)).toEqual(decoupled);
  });

  test.each([
    [-0.1, '`weightDecay` must be a finite number, at least 0, got -0.1'],
    [Number.NaN, '`weightDecay` must be a finite number, at least 0, got NaN'],
    [{ weightDecay: 0.1 } as never, '`weightDecay` must be a number or a schedule, got {"weightDecay":0.1}'],
  ])('refuses %o', (weightDecay, message) => {
    expect(() => decayWeights(weightDecay)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`decayWeights: ${message}`) }),
    );
  });

  test('refuses a mask that is none', () => {
    expect(() => decayWeights(0.1, '*/kernel' as never)).toThrow('decayWeights: a mask must be an object with some of');
  });
});
