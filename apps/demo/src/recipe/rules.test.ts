import * as schedulers from '@downhill/schedulers';
import { expect, test } from 'vitest';
import { registerRules, scheduleNames, scheduleOf } from './rules.ts';

registerRules();

const STEPS = 400;
const values = (name: string, rate: number): number[] => {
  const schedule = scheduleOf(name, rate, STEPS);
  return Array.from({ length: STEPS }, (_, step) => schedule.at(step));
};

test('every schedule of the package can be taken by name, but those that are made of others', () => {
  const madeOfOthers = [
    'clamp',
    'kDecay',
    'noisy',
    'perEpoch',
    'product',
    'restarts',
    'scale',
    'sequence',
    'sum',
    'swaLearningRate',
    'warmup',
  ];
  const noSchedule = ['cycleEnds', 'plot', 'reduceOnPlateau'];
  const otherNumbers = ['oneCycleMomentum', 'snapshotCosine']; // a momentum; cycles that belong to an ensemble
  const left = new Set([...madeOfOthers, ...noSchedule, ...otherNumbers]);
  expect(Object.keys(schedulers).filter((name) => !left.has(name) && !scheduleNames().includes(name))).toEqual([]);
});

test.each(scheduleNames())('%s comes to the learning rate, and no higher', (name) => {
  expect(Math.max(...values(name, 0.5)) / 0.5).toBeCloseTo(1, 2);
  expect(Math.max(...values(name, 0.05)) / 0.05).toBeCloseTo(1, 2);
});

test.each(scheduleNames().filter((name) => !['constant', 'noam', 'inverseSqrt'].includes(name)))('%s ends a run low', (name) => {
  expect(Math.min(...values(name, 0.5).slice(-STEPS / 8))).toBeLessThan(0.5 / 5);
});

test.each(scheduleNames())('%s can be made for a run of one step', (name) => {
  expect(scheduleOf(name, 0.5, 1).at(0)).toBeGreaterThanOrEqual(0);
});
