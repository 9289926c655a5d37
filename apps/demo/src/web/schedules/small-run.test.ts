import '@tensorflow/tfjs-backend-cpu';
import { constant, cosine } from '@downhill/schedulers';
import type { ScheduleLike } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { momentumRule, moons, smallRun } from './small-run.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function lossesOf(rate: ScheduleLike, steps: number, every?: number): readonly number[] {
  const run = smallRun(momentumRule(rate), steps, every);
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return value;
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('learns, from about log 2 down', () => {
  const losses = lossesOf(constant(0.05), 150);
  expect(losses.length).toBe(151);
  expect(losses[0]).toBeCloseTo(Math.log(2), 0);
  expect(mean(losses.slice(-10))).toBeLessThan(0.45);
});

test('a rate that falls ends lower and calmer than the same rate held', () => {
  const [held, falling] = [lossesOf(constant(0.2), 200), lossesOf(cosine({ from: 0.2, steps: 200 }), 200)].map((losses) =>
    losses.slice(-20),
  );
  expect(mean(falling!)).toBeLessThan(mean(held!));
  const roughness = (losses: readonly number[]): number => mean(losses.slice(1).map((loss, i) => Math.abs(loss - (losses[i] ?? 0))));
  expect(roughness(falling!)).toBeLessThan(roughness(held!) / 5);
});

test('is the same run each time', () => {
  expect(lossesOf(constant(0.1), 20)).toEqual(lossesOf(constant(0.1), 20));
});

test('looks at the loss as seldom as is asked', () => {
  const losses = lossesOf(constant(0.1), 20);
  expect(lossesOf(constant(0.1), 20, 8)).toEqual([losses[0], losses[8], losses[16], losses[20]]);
  expect(lossesOf(0.1, 20, 20)).toEqual([losses[0], losses[20]]);
});

test('leaves no tensor behind, given up or not', () => {
  const before = tf.memory().numTensors;
  lossesOf(constant(0.1), 3);
  const run = smallRun(momentumRule(constant(0.1)), 3);
  run.next();
  run.return([]);
  expect(tf.memory().numTensors).toBe(before);
});

test('has as many points of either kind, apart from wrong labels', () => {
  const { places, labels } = moons();
  expect([places.length, labels.length]).toEqual([512, 256]);
  expect(mean([...labels])).toBeCloseTo(0.5, 1);
});
