import type { Schedule, Transform } from '@downhill/core';
import { describe, expectTypeOf, test } from 'vitest';
import {
  adam,
  adamw,
  bfgs,
  clipByGlobalNorm,
  decayWeights,
  ftrl,
  lamb,
  nadam,
  lbfgs,
  nesterovLookAhead,
  newton,
  rmsprop,
  rprop,
  sgd,
  type AdamwOptions,
  type SgdOptions,
} from './index.ts';

declare const rate: Schedule;

describe('options', () => {
  test('are all optional', () => {
    expectTypeOf(adam).toBeCallableWith();
    expectTypeOf(adam).toBeCallableWith({});
    expectTypeOf(adam).returns.toEqualTypeOf<Transform>();
    expectTypeOf<Partial<AdamwOptions>>().toEqualTypeOf<AdamwOptions>();
    expectTypeOf<Partial<SgdOptions>>().toEqualTypeOf<SgdOptions>();
  });

  test('of second order name their line searches', () => {
    for (const rule of [newton, bfgs, lbfgs]) {
      expectTypeOf(rule).toBeCallableWith({ lineSearch: 'backtracking', toleranceChange: rate });
      // @ts-expect-error PyTorch's name
      rule({ lineSearch: 'strong_wolfe' });
    }
  });

  test('take a number or a schedule where a step uses it, and only a number where it begins', () => {
    expectTypeOf(adam).toBeCallableWith({ learningRate: 0.1 });
    expectTypeOf(adam).toBeCallableWith({ learningRate: rate });
    expectTypeOf(decayWeights).toBeCallableWith(rate, { minRank: 2 });
    expectTypeOf(sgd).toBeCallableWith({ momentum: rate, weightDecay: rate });
    expectTypeOf(clipByGlobalNorm).toBeCallableWith(rate, { epsilon: rate });
    // @ts-expect-error a plain function is no schedule: it could not be saved
    adam({ learningRate: (step: number) => 1 / step });
    // @ts-expect-error where the steps begin
    rprop({ learningRate: rate });
    // @ts-expect-error what a slot starts at
    ftrl({ initialAccumulator: rate });
  });

  test('have the names of their rule, and no others', () => {
    // @ts-expect-error misspelled
    adam({ learningrate: 0.1 });
    // @ts-expect-error tfjs' own form
    adam(0.1);
    // @ts-expect-error decay under Adam is `adamw`
    adam({ weightDecay: 0.1 });
    // @ts-expect-error the velocity of the look-ahead has no dampening
    nesterovLookAhead({ dampening: 0.1 });
    // @ts-expect-error a misspelled word
    nadam({ momentumSchedule: 'papr' });
    // @ts-expect-error a switch
    lamb({ trustClip: 1 });
    // @ts-expect-error a number is required
    clipByGlobalNorm();
  });

  test('take masks by data or by function', () => {
    expectTypeOf(adamw).toBeCallableWith({ decayMask: { names: ['*/kernel'] } });
    expectTypeOf(adamw).toBeCallableWith({ decayMask: ({ name, shape }) => name !== '' && shape.length > 1 });
    // @ts-expect-error no such field
    adamw({ decayMask: { rank: 2 } });
  });

  test('are not undefined where they are given', () => {
    // @ts-expect-error leave it out instead
    rmsprop({ momentum: undefined });
    // @ts-expect-error leave it out instead
    sgd({ learningRate: undefined });
  });
});
