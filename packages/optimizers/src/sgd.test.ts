import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { sgd } from './sgd.ts';

testTransform('sgd', () => sgd({ learningRate: 0.1 }), { factories: { sgd } });
testTransform('sgd', () => sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1 }), { factories: { sgd } });

describe('sgd', () => {
  test('goes down the slope', async () => {
    expect(await walkOne(sgd({ learningRate: 0.1 }), 1, [2, -1])).toEqual([0.8, 0.9].map(about));
  });

  test('starts at a learning rate of 0.01 and without momentum', async () => {
    expect(await walkOne(sgd(), 0, [1, 0])).toEqual([-0.01, -0.01].map(Math.fround));
    expect(sgd().parts.map(({ path }) => path)).toEqual(['scaleByLearningRate']);
  });

  test('with momentum goes on after the slope has ended', async () => {
    expect(await walkOne(sgd({ learningRate: 0.1, momentum: 0.5 }), 0, [1, 0, 0])).toEqual([-0.1, -0.15, -0.175].map(about));
  });

  test('takes the L2 penalty through the velocity', async () => {
    // g + λ w: 0.5, then 0.5 · 0.95; velocities 0.5, then 0.25 + 0.475.
    expect(await walkOne(sgd({ learningRate: 0.1, momentum: 0.5, weightDecay: 0.5 }), 1, [0, 0])).toEqual([0.95, 0.95 - 0.0725].map(about));
  });

  test.each([
    [{ nesterov: true }, 'sgd: `nesterov` takes a `momentum` above 0, got 0. Pass momentum: 0.9.'],
    [{ weightDecay: -1 }, 'sgd: `weightDecay` must be a finite number, at least 0, got -1'],
    [{ momentum: 1 }, 'sgd: `momentum` must be a finite number, at least 0 and below 1, got 1'],
    [{ dampening: Number.NaN }, 'sgd: `dampening` must be a finite number, at least 0 and at most 1, got NaN'],
    [0.01 as never, 'sgd: takes an object with some of learningRate, weightDecay, momentum, dampening, nesterov, got 0.01'],
  ])('refuses %o', (options, message) => {
    expect(() => sgd(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
