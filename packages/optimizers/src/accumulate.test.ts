import { testTransform } from '@downhill/conformance';
import { chain, everySteps, schedule } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { applyTo, training, walk, walkOne } from '../test/walk.ts';
import { accumulate } from './accumulate.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { clipByValue } from './clip-by-value.ts';
import { sam } from './sam.ts';
import { sgd } from './sgd.ts';

testTransform('accumulate', () => accumulate(adam({ learningRate: 0.1 }), { steps: 2 }), { factories: { accumulate, adam } });

const halving = schedule({ name: 'halving', config: {}, at: (step) => 1 / 2 ** step });

describe('accumulate', () => {
  test('moves by the mean of the micro-batches at each k-th step, and not in between', async () => {
    expect(await walkOne(accumulate(sgd({ learningRate: 1 }), { steps: 3 }), 0, [1, 2, 6, 3, 0, 0])).toEqual([0, 0, -3, -3, -3, -4]);
  });

  test('trains as the mean gradients do, to the bit: moments, decay and schedule', async () => {
    const rule = adamw({ learningRate: halving, weightDecay: 0.1 });
    const quarters = [1, 2, 3, 4].map((g) => ({ w: [g, -g], b: [g] }));
    const whole = { w: [2.5, -2.5], b: [2.5] };
    const from = { w: [1, 2], b: [3] };
    const accumulated = await walk(accumulate(rule, { steps: 4 }), from, [...quarters, ...quarters]);
    expect([accumulated[3], accumulated[7]]).toEqual(await walk(rule, from, [whole, whole]));
    expect(accumulated.slice(0, 3)).toEqual([from, from, from]);
  });

  test('lets its neighbours in a chain act at every micro-batch', async () => {
    const clipped = chain(clipByValue(1), accumulate(sgd({ learningRate: 1 }), { steps: 2 }));
    expect(await walkOne(clipped, 0, [5, 0.5])).toEqual([0, -0.75]);
    expect(await walkOne(accumulate(chain(clipByValue(1), sgd({ learningRate: 1 })), { steps: 2 }), 0, [5, 0.5])).toEqual([0, -1]);
  });

  test('counts micro-batches as steps, and the inner schedule steps of its own', async () => {
    await training(accumulate(sgd({ learningRate: halving }), { steps: 2 }), { w: [0] }, (ours) => {
      const rates = [0, 1, 2, 3].map(() => (applyTo(ours, { w: [1] }), ours.scalars['learningRate']));
      expect([rates, ours.iterations]).toEqual([[1, 1, 0.5, 0.5], 4]);
    });
  });

  test('holds a rule that acts at some of its steps', async () => {
    expect(await walkOne(accumulate(everySteps(sgd({ learningRate: 0.5 }), 2), { steps: 2 }), 0, [1, 1, 1, 1])).toEqual([0, -1, -1, -1.5]);
  });

  test.each([
    [() => accumulate(sgd(), { steps: 0 }), '`steps` must be a whole number, at least 1, got 0'],
    [() => accumulate(sgd(), {} as never), '`steps` must be a whole number'],
    [() => accumulate(sgd(), { every: 2 } as never), 'has no option `every`'],
    [() => accumulate('sgd' as never, { steps: 2 }), 'accumulate: takes transforms, got "sgd"'],
    [() => accumulate(sam(sgd()), { steps: 2 }), 'Put it outside: sam(accumulate(...)).'],
    [() => everySteps(accumulate(sgd(), { steps: 2 }), 2), 'Put everySteps into accumulate'],
    [() => accumulate(accumulate(sgd(), { steps: 2 }), { steps: 2 }), 'or give that one more steps'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
