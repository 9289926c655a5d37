import { testTransform } from '@downhill/conformance';
import { schedule } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walkOne } from '../test/walk.ts';
import { ftrl, type FtrlOptions } from './ftrl.ts';

testTransform('ftrl', () => ftrl({ learningRate: 0.1 }), { factories: { ftrl }, problems: (learningRate) => ftrl({ learningRate }) });
testTransform(
  'ftrl',
  () => ftrl({ learningRate: 0.1, learningRatePower: -0.4, initialAccumulator: 0, l1: 0.1, l2: 0.1, l2Shrinkage: 0.1 }),
  {
    factories: { ftrl },
    problems: (learningRate) => ftrl({ learningRate }), // the penalties hold the weights elsewhere
  },
);

describe('ftrl', () => {
  const rule: FtrlOptions = { learningRate: 0.5, initialAccumulator: 0, beta: 1 };

  // From 1 with a gradient of 3: n = 9, σ = 3 / 0.5 = 6, z = 3 − 6 = −3, divided by (1 + 3) / 0.5 = 8.
  test.each<[FtrlOptions, number]>([
    [{}, 3 / 8],
    [{ l1: 1 }, 2 / 8],
    [{ l2: 1 }, 3 / 10],
    [{ l2Shrinkage: 0.5 }, 2 / 8], // z = 3 + 1 − 6
    [{ learningRatePower: -1 }, 15 / 20], // σ = 9 / 0.5, z = −15, divided by (1 + 9) / 0.5
    [{ learningRatePower: 0 }, -3 / 4], // σ = 0, z = 3, divided by (1 + 1) / 0.5
    [{ initialAccumulator: 16 }, -(3 - 2) / 12], // √n from 4 to 5
  ])('with %o goes where the sum of all slopes is least', async (options, wanted) => {
    expect(await walkOne(ftrl({ ...rule, ...options }), 1, [3])).toEqual([about(wanted)]);
  });

  test('adds up the slopes', async () => {
    // w = 3/8; then n = 25, σ = 2 / 0.5 = 4, z = −3 + 4 − 4 · 3/8 = −0.5, divided by 12.
    expect(await walkOne(ftrl(rule), 1, [3, 4])).toEqual([3 / 8, 0.5 / 12].map(about));
  });

  test('makes weights exactly 0 that the slopes do not push further than l1', async () => {
    expect(await walkOne(ftrl({ ...rule, l1: 3 }), 1, [3])).toEqual([0]);
  });

  test('lets a weight start at 0 that never had a slope', async () => {
    expect(await walkOne(ftrl({ initialAccumulator: 0 }), 1, [0, 0])).toEqual([0, 0]);
  });

  test('refuses a rate that falls to 0, and says so at that step', async () => {
    const ending = schedule({ name: 'ending', config: {}, at: (step) => 0.1 * (1 - step) });
    await training(ftrl({ learningRate: ending }), { w: [1] }, (ours, weights) => {
      applyTo(ours, { w: [1] });
      const before = weights();
      expect(() => applyTo(ours, { w: [1] })).toThrow(
        'ftrl: `learningRate` must be a finite number, above 0, got 0. Let the schedule end above 0.',
      );
      expect(weights()).toEqual(before);
    });
  });

  test.each([
    [{ learningRate: 0 }, '`learningRate` must be a finite number, above 0, got 0'],
    [{ learningRatePower: 0.5 }, '`learningRatePower` must be a finite number, at most 0, got 0.5'],
    [{ initialAccumulator: -1 }, '`initialAccumulator` must be a finite number, at least 0, got -1'],
    [{ beta: -1 }, '`beta` must be a finite number, at least 0, got -1'],
    [{ l1: -1 }, '`l1` must be a finite number, at least 0, got -1'],
    [{ l2: -1 }, '`l2` must be a finite number, at least 0, got -1'],
    [{ l2Shrinkage: -1 }, '`l2Shrinkage` must be a finite number, at least 0, got -1'],
  ])('refuses %o', (options, message) => {
    expect(() => ftrl(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`ftrl: ${message}`) }),
    );
  });
});
