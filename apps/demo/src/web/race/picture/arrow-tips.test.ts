import { expect, test } from 'vitest';
import type { Trace } from '../trace.ts';
import { arrowTips } from './arrow-tips.ts';

const trace: Trace = {
  ended: { kind: 'finished' },
  points: Float32Array.of(0, 0, 1, 1, 3, 2),
  losses: Float64Array.of(2, 1, 0),
  gradients: Float32Array.of(-2, -2, -1, 0, 0, 0),
  velocities: Float32Array.of(-2, -2, -4, -2),
  rates: Float32Array.of(0.5, 0.5),
};

test('point downhill along the gradient, along the velocity so far, and to where the step leads', () => {
  expect(arrowTips(trace, 1, ['gradient', 'velocity', 'step'])).toEqual([
    { kind: 'gradient', point: [1.5, 1] },
    { kind: 'velocity', point: [2, 2] },
    { kind: 'step', point: [3, 2] },
  ]);
});

test('there is no velocity before the first step, and none of a rule that keeps none', () => {
  expect(arrowTips(trace, 0, ['velocity'])).toEqual([]);
  expect(arrowTips({ ...trace, velocities: new Float32Array(4).fill(Number.NaN) }, 1, ['velocity'])).toEqual([]);
});

test('a rule without a learning rate has arrows of its bare gradient', () => {
  expect(arrowTips({ ...trace, rates: Float32Array.of(Number.NaN, Number.NaN) }, 0, ['gradient'])).toEqual([
    { kind: 'gradient', point: [2, 2] },
  ]);
});

test('at the end there is nothing more to do', () => {
  expect(arrowTips(trace, 2, ['gradient', 'step'])).toEqual([]);
});
