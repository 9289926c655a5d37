import type { Schedule } from '@downhill/core';
import { expect, test } from 'vitest';
import * as s from './index.ts';

// Each over ten steps: what the first and the last of them use, step 10 after them, and one far beyond.
const LAST = 9;
const endings: readonly (readonly [schedule: Schedule, first: number, last: number, after: number, beyond: number])[] = [
  [s.constant(8), 8, 8, 8, 8],
  [s.linear({ from: 8, to: 3, steps: 10 }), 8, 3.5, 3, 3],
  [s.polynomial({ from: 8, to: 3, steps: 10, power: 2 }), 8, 3.05, 3, 3],
  [s.polynomial({ from: 8, to: 3, steps: 10, cycle: true }), 8, 3.5, 3, 3], // springs up with step 11
  [s.rex({ from: 8, to: 3, steps: 10 }), 8, 3 + (5 * 0.1) / 0.55, 3, 3],
  [s.tanh({ from: 8, to: 3, steps: 10 }), 8 - 2.5 * (1 - Math.tanh(7)), 3 + 2.5 * (1 - Math.tanh(2)), 3, 3],
  [s.cosine({ from: 8, to: 3, steps: 10 }), 8, 3 + 2.5 * (1 - Math.cos(Math.PI / 10)), 3, 3],
  [s.cosine({ from: 8, to: 3, steps: 10, hold: false }), 8, 3 + 2.5 * (1 - Math.cos(Math.PI / 10)), 3, 8],
  [s.cosinePower({ from: 8, to: 3, steps: 10, exponent: 2 }), 8, 3 + 1.25 * (1 - Math.cos(Math.PI / 10)) ** 2, 3, 3],
  [s.cosineWarmRestarts({ from: 8, to: 3, steps: 10 }), 8, 3 + 2.5 * (1 - Math.cos(Math.PI / 10)), 8, 8],
  [s.snapshotCosine({ from: 8, steps: 10, cycles: 2 }), 8, 4 * (1 - Math.cos(Math.PI / 5)), 8, 8],
  [s.step({ from: 8, every: 5, factor: 0.5 }), 8, 4, 2, 0],
  [s.multiStep({ from: 8, milestones: [0, 9], factor: 0.5 }), 4, 2, 2, 2],
  [s.piecewise({ boundaries: [0, 9], values: [8, 4, 2] }), 8, 4, 2, 2],
  [s.exponential({ from: 8, factor: 0.25, every: 10 }), 8, 8 * 0.25 ** 0.9, 2, 0],
  [s.naturalExp({ from: 8, rate: 1, every: 10 }), 8, 8 * Math.exp(-0.9), 8 / Math.E, 0],
  [s.inverseTime({ from: 8, rate: 1, every: 10 }), 8, 8 / 1.9, 4, 8 / (1 + 1e5)],
  [s.inverseSqrt({ from: 8, timescale: 10 }), 8, 8 / Math.sqrt(1.9), 8 / Math.SQRT2, 8 * Math.sqrt(10 / (10 + 1e6))],
  [s.noam({ dimension: 1, warmup: 10, factor: 10 }), 1 / Math.sqrt(10), Math.sqrt(10), 10 / Math.sqrt(11), 10 / Math.sqrt(1e6 + 1)],
  [s.cyclic({ from: 3, to: 8, up: 5 }), 3, 4, 3, 3],
  [s.oneCycle({ peak: 8, from: 4, to: 2, steps: 10, rise: 0.5 }), 4, 2, 2, 2],
  [s.oneCycleMomentum({ high: 8, low: 4, steps: 10, rise: 0.5 }), 8, 8, 8, 8],
  [s.warmupStableDecay({ peak: 8, from: 4, to: 3, steps: 10, warmup: 4, decay: 5, shape: 'linear' }), 4, 4, 3, 3],
  [s.warmup(s.linear({ from: 8, to: 3, steps: 5 }), { steps: 5, from: 4 }), 4, 4, 3, 3],
  [s.sequence([8, s.linear({ from: 4, to: 3, steps: 2 })], { milestones: [8] }), 8, 3.5, 3, 3],
  [s.restarts(s.linear({ from: 8, to: 3, steps: 5 }), { steps: 5 }), 8, 4, 8, 8],
  [s.restarts(s.linear({ from: 8, to: 3, steps: 5 }), { steps: 5, limit: 2 }), 8, 4, 3, 3],
  [s.kDecay(s.linear({ from: 8, to: 3, steps: 10 }), { steps: 10, power: 2 }), 8, 8 - 5 * 0.81, 3, 3],
  [s.perEpoch(s.linear({ from: 8, to: 3, steps: 5 }), { steps: 2 }), 8, 4, 3, 3],
  [s.noisy(s.linear({ from: 8, to: 3, steps: 10 }), { start: 1, end: 9 }), 8, 3.5, 3, 3],
  [s.product([2, s.linear({ from: 8, to: 3, steps: 10 })]), 16, 7, 6, 6],
  [s.sum([2, s.linear({ from: 8, to: 3, steps: 10 })]), 10, 5.5, 5, 5],
  [s.scale(s.linear({ from: 8, to: 3, steps: 10 }), 2), 16, 7, 6, 6],
  [s.clamp(s.linear({ from: 8, to: 3, steps: 10 }), { min: 3.2 }), 8, 3.5, 3.2, 3.2],
  [s.swaLearningRate(8, { to: 3, start: 0, steps: 10, anneal: 'linear' }), 8, 3.5, 3, 3],
];

test.each(endings.map(([schedule, ...values]) => ({ schedule, values })))(
  '$schedule.name begins, ends and goes on after its end as its page says',
  ({ schedule, values }) => {
    expect([0, LAST, LAST + 1, 1e6].map((t) => schedule.at(t))).toEqual(values.map((value) => expect.closeTo(value, 10)));
  },
);

test('no schedule is left out', () => {
  const { cycleEnds: _tellsMinima, plot: _draws, reduceOnPlateau: _steers, ...all } = s;
  expect(new Set(endings.map(([{ name }]) => name))).toEqual(new Set(Object.keys(all)));
});
