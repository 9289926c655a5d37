import '@tensorflow/tfjs-backend-cpu';
import { adam, nesterovLookAhead, sgd } from '@downhill/optimizers';
import { cosine } from '@downhill/schedulers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseFormula } from '../formula/parse-formula.ts';
import { runRacer, type RacerRun } from './run-racer.ts';
import { pairAt, stepsOf, type Trace } from './trace.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const bowl: RacerRun = {
  formula: parseFormula('x^2 + 2 y^2'),
  transform: sgd({ learningRate: 0.1 }),
  start: [1, -1],
  steps: 3,
  noise: 0,
  seed: 1,
};

function traceOf(run: RacerRun): Trace {
  const way = runRacer(run);
  for (;;) {
    const { done, value } = way.next();
    if (done === true) return value;
  }
}

describe('runRacer', () => {
  test('walks as the rule says, with points, losses, gradients and rates of each step', () => {
    const trace = traceOf(bowl);
    expect(stepsOf(trace)).toBe(3);
    expect(pairAt(trace.gradients, 0)).toEqual([2, -4]);
    expect(pairAt(trace.points, 1)).toEqual([0.8, -0.6].map((value) => expect.closeTo(value, 6)));
    expect(pairAt(trace.points, 3)).toEqual([0.8 ** 3, -(0.6 ** 3)].map((value) => expect.closeTo(value, 6)));
    expect(trace.losses[0]).toBe(3);
    expect([...trace.rates]).toEqual([0.1, 0.1, 0.1].map(Math.fround));
    expect(pairAt(trace.velocities, 0)).toEqual([Number.NaN, Number.NaN]);
    expect(trace.ended).toEqual({ kind: 'finished' });
    expect([trace.points.length, trace.losses.length, trace.gradients.length]).toEqual([8, 4, 8]);
  });

  test("shows the rule's own velocity", () => {
    const { velocities, gradients } = traceOf({ ...bowl, transform: sgd({ learningRate: 0.1, momentum: 0.5 }) });
    const [first, second] = [pairAt(gradients, 0), pairAt(gradients, 1)];
    expect(pairAt(velocities, 0)).toEqual(first);
    expect(pairAt(velocities, 1)).toEqual([0, 1].map((i) => expect.closeTo(0.5 * first[i]! + second[i]!, 5)));
    expect(pairAt(traceOf({ ...bowl, transform: adam() }).velocities, 0)).toEqual([0.2, -0.4].map((value) => expect.closeTo(value, 5)));
  });

  test('gives the rates of a schedule', () => {
    const { rates } = traceOf({ ...bowl, transform: sgd({ learningRate: cosine({ from: 0.1, steps: 2 }) }) });
    expect([...rates]).toEqual([0.1, 0.05, 0].map((value) => expect.closeTo(value, 6)));
  });

  test('tells all racers of one seed the same noise, and those of another seed another', () => {
    const noisy = { ...bowl, noise: 0.5 };
    const first = (run: RacerRun): readonly number[] => [...pairAt(traceOf(run).gradients, 0)];
    expect(first(noisy)).not.toEqual(first(bowl));
    expect(first({ ...noisy, transform: adam() })).toEqual(first(noisy));
    expect(first({ ...noisy, seed: 2 })).not.toEqual(first(noisy));
    expect(traceOf(noisy)).toEqual(traceOf(noisy));
  });

  test('has no noise in the losses', () => {
    const { losses, points } = traceOf({ ...bowl, noise: 3 });
    const [x, y] = pairAt(points, 2);
    expect(losses[2]).toBeCloseTo(x ** 2 + 2 * y ** 2, 10);
  });

  test('runs rules that look at the loss again', () => {
    const trace = traceOf({ ...bowl, transform: nesterovLookAhead({ learningRate: 0.1 }), steps: 40 });
    expect(trace.ended).toEqual({ kind: 'finished' });
    expect(trace.losses.at(-1)).toBeLessThan(0.1);
  });

  test('ends where the weights are no longer finite, and says when', () => {
    const trace = traceOf({ ...bowl, formula: parseFormula('x^4 + y^4'), transform: sgd({ learningRate: 10 }), steps: 50 });
    expect(trace.ended).toEqual({ kind: 'diverged', step: stepsOf(trace) });
    expect(stepsOf(trace)).toBeLessThan(20);
  });

  test('leaves no tensor behind: at the end, when it is given up, when it diverges', () => {
    const before = tf.memory().numTensors;
    traceOf(bowl);
    traceOf({ ...bowl, formula: parseFormula('x^4'), transform: sgd({ learningRate: 1e9 }) });
    const way = runRacer(bowl);
    way.next();
    way.return(traceOf(bowl));
    expect(tf.memory().numTensors).toBe(before);
  });
});
