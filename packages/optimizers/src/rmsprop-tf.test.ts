import { testTransform } from '@downhill/conformance';
import { schedule } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { rmspropTf } from './rmsprop-tf.ts';

testTransform('rmspropTf', () => rmspropTf({ learningRate: 0.1, momentum: 0.9 }), { factories: { rmspropTf } });
testTransform('rmspropTf', () => rmspropTf({ learningRate: 0.1, centered: true, rateInMomentum: false, initialScale: 0 }), {
  factories: { rmspropTf },
});

describe('rmspropTf', () => {
  test('starts its squares at 1 and adds epsilon under the root', async () => {
    // s = 0.75 + 0.25 · 4 = 1.75, epsilon 0.5: a root of 1.5.
    expect(await walkOne(rmspropTf({ learningRate: 0.3, decayRate: 0.75, epsilon: 0.5 }), 1, [2])).toEqual([about(0.6)]);
  });

  test('starts at another scale where asked to', async () => {
    expect(await walkOne(rmspropTf({ learningRate: 0.3, decayRate: 0.75, epsilon: 0, initialScale: 0 }), 1, [2])).toEqual([about(0.4)]);
  });

  test('centered takes the squared mean off', async () => {
    // s = 0.75 + 0.25 · 4 = 1.75, m = 0.5: √(1.75 − 0.25 + 0.75) = 1.5.
    const rule = rmspropTf({ learningRate: 0.3, decayRate: 0.75, epsilon: 0.75, centered: true });
    expect(await walkOne(rule, 1, [2])).toEqual([about(0.6)]);
  });

  test('keeps no velocity without momentum', () => {
    expect(rmspropTf().parts.map(({ path }) => path)).toEqual(['scaleByRms', 'scaleByLearningRate']);
  });

  test('gathers what the rate has scaled, so that a fallen rate shows slowly, or else at once', async () => {
    const falling = schedule({ name: 'falling', config: {}, at: (step) => (step === 0 ? 1 : 0) });
    const rule = { learningRate: falling, decayRate: 0, epsilon: 0, momentum: 0.5 };
    expect(await walkOne(rmspropTf(rule), 0, [1, 1])).toEqual([-1, -1.5].map(about));
    expect(await walkOne(rmspropTf({ ...rule, rateInMomentum: false }), 0, [1, 1])).toEqual([-1, -1].map(about));
  });

  test.each([
    [{ decayRate: 1 }, 'scaleByRms: `decayRate` must be a finite number, at least 0 and below 1, got 1'],
    [{ initialScale: -1 }, 'scaleByRms: `initialScale` must be a finite number, at least 0, got -1'],
    [{ momentum: 1 }, 'rmspropTf: `momentum` must be a finite number, at least 0 and below 1, got 1'],
    [{ epsilonInRoot: false } as never, 'rmspropTf: has no option `epsilonInRoot`'],
  ])('refuses %o', (options, message) => {
    expect(() => rmspropTf(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });
});
