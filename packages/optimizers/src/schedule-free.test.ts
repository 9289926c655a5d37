import { testTransform } from '@downhill/conformance';
import { controlled, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { applyTo, training, walkOne } from '../test/walk.ts';
import { scaleByScheduleFree } from './scale-by-schedule-free.ts';
import { scheduleFreeAdamw } from './schedule-free-adamw.ts';
import { scheduleFreeSgd, type ScheduleFreeSgdOptions } from './schedule-free-sgd.ts';

testTransform('scheduleFreeSgd', () => scheduleFreeSgd({ learningRate: 0.1, weightDecay: 0.1, warmupSteps: 3 }), {
  factories: { scheduleFreeSgd },
  problems: (learningRate) => scheduleFreeSgd({ learningRate }),
});
testTransform('scheduleFreeAdamw', () => scheduleFreeAdamw({ learningRate: 0.1, r: 1 }), { factories: { scheduleFreeAdamw } });
testTransform('scaleByScheduleFree', () => scaleByScheduleFree({ momentum: 1 }), { factories: { scaleByScheduleFree } });

/** Where y and its average x are after each step: the paper's three equations, in float64. */
function paper(from: number, gradients: readonly number[], options: Required<ScheduleFreeSgdOptions>): { y: number[]; x: number[] } {
  const { learningRate, momentum, weightDecay, warmupSteps, r, weightLrPower } = options;
  let [x, z, y, sum, largest] = [from, from, from, 0, 0];
  const seen = { y: [] as number[], x: [] as number[] };
  gradients.forEach((g, step) => {
    const t = step + 1;
    const rate = Number(learningRate) * (warmupSteps === 0 ? 1 : Math.min(1, t / warmupSteps));
    largest = Math.max(largest, rate);
    const weight = t ** r * largest ** weightLrPower;
    sum += weight;
    const c = sum > 0 ? weight / sum : 0;
    z -= rate * (g + Number(weightDecay) * y);
    x = (1 - c) * x + c * z;
    y = (1 - momentum) * z + momentum * x;
    seen.y.push(y);
    seen.x.push(x);
  });
  return seen;
}

/** The same of ours. */
const ours = (rule: Transform, from: number, gradients: readonly number[]): Promise<{ y: number[]; x: number[] }> =>
  training(rule, { w: [from] }, (optimizer, weights, [w]) => {
    const seen = { y: [] as number[], x: [] as number[] };
    for (const g of gradients) {
      applyTo(optimizer, { w: [g] });
      const average = optimizer.average('scaleByScheduleFree/z', [w!]);
      seen.y.push(weights()['w']![0]!);
      seen.x.push(average.get(w!)!.dataSync()[0]!);
      tf.dispose([...average.values()]);
    }
    return seen;
  });

const close = (values: readonly number[]): unknown => values.map((value) => expect.closeTo(value, 4) as number);

describe('scheduleFreeSgd', () => {
  const defaults = { learningRate: 1, momentum: 0.9, weightDecay: 0, warmupSteps: 0, r: 0, weightLrPower: 2 }; // the authors'

  test.each<ScheduleFreeSgdOptions>([
    {},
    { learningRate: 0.5, momentum: 0.6 },
    { momentum: 1, weightDecay: 0.2 },
    { warmupSteps: 3, weightDecay: 0.1 },
    { warmupSteps: 4, r: 2, weightLrPower: 1 },
    { warmupSteps: 6, weightLrPower: 2.5 },
    { warmupSteps: 2, weightLrPower: 0, r: 0.5 },
  ])('follows the paper with %o', async (options) => {
    const gradients = [1, -0.5, 0.25, 2, -1, 0.125];
    const { y, x } = paper(1, gradients, { ...defaults, ...options });
    expect(await ours(scheduleFreeSgd(options), 1, gradients)).toEqual({ y: close(y), x: close(x) });
  });

  test('averages a rate that is changed while training', async () => {
    const rate = controlled(1);
    await training(scheduleFreeSgd({ learningRate: rate, momentum: 1 }), { w: [0] }, (optimizer, weights) => {
      applyTo(optimizer, { w: [1] }); // z −1, x −1
      rate.value = 2;
      applyTo(optimizer, { w: [1] }); // z −3, weights 1 and 4: x −1 · 0.2 − 3 · 0.8
      expect(weights()['w']![0]).toBeCloseTo(-2.6, 5);
    });
  });

  test('stays where it is while the rate is 0', async () => {
    expect(await walkOne(scheduleFreeSgd({ learningRate: 0 }), 1, [1, 1])).toEqual([1, 1]);
  });

  test.each([
    [() => scheduleFreeSgd({ momentum: 0 }), '`momentum` must be'],
    [() => scheduleFreeSgd({ warmupSteps: 0.5 }), '`warmupSteps` must be a whole number'],
    [() => scheduleFreeSgd({ weightDecay: -1 }), '`weightDecay` must be'],
    [() => scheduleFreeAdamw({ beta1: 1.5 }), '`beta1` must be'],
    [() => scheduleFreeAdamw({ momentum: 0.9 } as never), 'has no option `momentum`'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('scheduleFreeAdamw', () => {
  test('divides by the corrected root of the second moment', async () => {
    // v̂ is 4, then (0.9 · 0.4 + 0.1 · 1) / 0.19 = 0.46 / 0.19; ε 1.
    const gradients = [2 / (2 + 1), -1 / (Math.sqrt(0.46 / 0.19) + 1)];
    const options = { learningRate: 0.1, beta2: 0.9, epsilon: 1, weightDecay: 0.5 };
    const { y, x } = paper(1, gradients, { ...options, momentum: 0.9, warmupSteps: 0, r: 0, weightLrPower: 2 });
    expect(await ours(scheduleFreeAdamw(options), 1, [2, -1])).toEqual({ y: close(y), x: close(x) });
  });

  test('takes a first step of 0.0025, whatever the size of the gradient', async () => {
    for (const g of [1e-3, 1, 1e3]) expect(1 - (await walkOne(scheduleFreeAdamw(), 1, [g]))[0]!).toBeCloseTo(0.0025, 6);
  });
});
