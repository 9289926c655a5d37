import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../backend.ts';
import { rules, type Rule } from '../rules/rules.ts';
import { descend, type Descent } from './descend.ts';
import { problems } from './problems.ts';
import { logisticRegression } from './problems/logistic-regression.ts';
import { rosenbrock } from './problems/rosenbrock.ts';

const ruleNamed = (name: string): Rule => rules.find((rule) => rule.name === name)!;
const signal = new AbortController().signal;
const down = (name: string, learningRate: number, seed = 1, mostSteps = 1000): Promise<Descent> =>
  descend(rosenbrock, ruleNamed(name), { learningRate, seed, mostSteps, signal });

beforeAll(async () => {
  await useBackend('wasm');
  await registerWasmTrainingKernels();
});

describe('down a valley', () => {
  test('a run depends on its rule, rate and seed alone, and leaves no tensor behind', async () => {
    const floor = { ...rosenbrock, target: 5 };
    const adam = (learningRate: number, seed: number): Promise<Descent> =>
      descend(floor, ruleNamed('adam'), { learningRate, seed, mostSteps: 300, signal });
    const before = memory().numTensors;
    const first = await adam(0.1, 1);
    expect(first.loss).toBeLessThanOrEqual(floor.target);
    expect(first.steps).toBe(first.evaluations);
    expect(memory().numTensors).toBe(before);
    expect((await adam(0.01, 1)).steps).toBeGreaterThan(first.steps!);
    expect(await adam(0.1, 2)).not.toEqual(first);
    expect(await adam(0.1, 1)).toEqual(first);
  });

  test('one that is not there in time says so, with the loss that it came to', async () => {
    const { steps, evaluations, loss } = await down('sgd', 1e-4, 1, 30);
    expect([steps, evaluations]).toEqual([null, 30]);
    expect(loss).toBeGreaterThan(rosenbrock.target);
    expect(loss).toBeLessThan(10);
  });

  test('one that diverges ends there', async () => {
    const { steps, evaluations, loss } = await down('sgd', 10);
    expect([steps, loss]).toEqual([null, Infinity]);
    expect(evaluations).toBeLessThan(10);
  });

  test.each(['sam of sgd, momentum', 'wsam of sgd, momentum'])('%s looks at the loss twice a step', async (name) => {
    expect((await down(name, 1e-4, 1, 10)).evaluations).toBe(20);
  });

  test.each(['newton', 'bfgs', 'lbfgs'])('%s goes an iteration a step, and is there in a few dozen', async (name) => {
    const { steps, evaluations } = await down(name, 1);
    expect(steps).toBeLessThan(60);
    expect(evaluations).toBeGreaterThan(steps!);
  });

  test('the average is judged where a rule keeps one: slow weights that wait for the fifth step have the loss of the start', async () => {
    const start = await down('sgd', 1e-30, 1, 1);
    expect((await down('lookahead of sgd, momentum', 1e-3, 1, 4)).loss).toBe(start.loss);
    expect((await down('lookahead of sgd, momentum', 1e-3, 1, 5)).loss).toBeLessThan(start.loss);
  });

  test('a signal ends it, and nothing stays behind', async () => {
    const before = memory().numTensors;
    const stopped = new AbortController();
    const run = descend(rosenbrock, ruleNamed('sgd'), { learningRate: 1e-4, seed: 1, mostSteps: 5000, signal: stopped.signal });
    setTimeout(() => stopped.abort(), 20);
    await expect(run).rejects.toThrow();
    expect(memory().numTensors).toBe(before);
  });
});

test('the least loss of the logistic regression is what its summary says', async () => {
  const problem = { ...logisticRegression, target: 0 };
  const { loss } = await descend(problem, ruleNamed('lbfgs'), { learningRate: 1, seed: 1, mostSteps: 50, signal });
  expect(problem.summary).toContain(`the least loss is ${loss.toFixed(4)}`);
});

describe.each(problems.map((problem) => [problem.name, problem] as const))('%s', (_, problem) => {
  test('is learned by adam, which starts above the target', async () => {
    const run = (mostSteps: number): Promise<Descent> =>
      descend(problem, ruleNamed('adam'), { learningRate: 0.01, seed: 1, mostSteps, signal });
    const [first, later] = [await run(1), await run(25)];
    expect(first.loss).toBeGreaterThan(problem.target);
    expect(later.loss).toBeLessThan(first.loss);
  });

  test('its start depends on the seed alone', async () => {
    const firstLoss = async (seed: number): Promise<number> =>
      (await descend(problem, ruleNamed('sgd'), { learningRate: 1e-9, seed, mostSteps: 1, signal })).loss;
    const loss = await firstLoss(1);
    expect(await firstLoss(1)).toBe(loss);
    expect(await firstLoss(2)).not.toBe(loss);
  });
});
