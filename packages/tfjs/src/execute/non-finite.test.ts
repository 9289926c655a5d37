import { chain, div, mul, transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { adamLike, clip, kernels, normalize } from '../../test/rules.ts';
import { stepWith, useBackend, variableOf, WAYS } from '../../test/train.ts';
import { optimizer, type DownhillOptimizer, type OptimizerOptions } from '../optimizer.ts';

const bits = (tensor: tf.Tensor): readonly number[] => [...new Uint32Array(tensor.dataSync<'float32'>().slice().buffer)];

/** Weights, slots and the count of steps; how many were skipped may change. */
const all = async (given: DownhillOptimizer, variables: readonly tf.Variable[]): Promise<unknown> =>
  [...variables, ...(await given.getWeights()).filter(({ name }) => name !== 'skips').map(({ tensor }) => tensor)].map(bits);

describe.each(WAYS)('numbers that are not finite, on %s (%s)', (backend, execution) => {
  beforeEach(() => useBackend(backend));
  const make = (options: OptimizerOptions, rule = chain(clip('all'), adamLike())): DownhillOptimizer =>
    optimizer(rule, { execution, ...options });
  const good = [1, -1, 0.5, 2, 3];
  const bad = [1, Number.NaN, 0.5, Infinity, 3];

  test('are counted by variable from the first step with one, and reading starts anew', async () => {
    const [a, b] = [variableOf(good, [5], `a ${backend} ${execution}`), variableOf(good, [5], `b ${backend} ${execution}`)];
    const given = make({}, adamLike());
    stepWith(given, [
      [a, good],
      [b, good],
    ]);
    expect(await given.nonFiniteUpdates()).toEqual([]);
    stepWith(given, [
      [a, good],
      [b, bad],
    ]);
    stepWith(given, [
      [a, good],
      [b, good],
    ]); // the slots are spoilt now: an infinite second moment, and NaN
    const [report, ...others] = await given.nonFiniteUpdates();
    expect(others).toEqual([]);
    expect(report).toMatchObject({ variable: b.name, step: 1 });
    expect(report?.count).toBe(4); // NaN and ∞/∞, twice
    expect(await given.nonFiniteUpdates()).toEqual([]);
    stepWith(given, [
      [a, bad],
      [b, good],
    ]);
    expect((await given.nonFiniteUpdates()).map(({ variable, step }) => [variable, step])).toEqual([
      [a.name, 3],
      [b.name, 3],
    ]);
    given.dispose();
    tf.dispose([a, b]);
  });

  test('are counted where an update overflows as it is stored', async () => {
    const variable = variableOf([1, 1], [2]);
    const given = make({}, transform({ name: 'huge', config: {}, update: (g) => mul(g, 1e30) }));
    stepWith(given, [[variable, [1e10, 1]]]);
    expect((await given.nonFiniteUpdates()).map(({ count }) => count)).toEqual([1]);
    expect((await given.statistics())[variable.name]?.['nonFinite']).toBe(1);
    given.dispose();
    variable.dispose();
  });

  test("with 'skip' leave all bits and the count of steps as they were", async () => {
    const [a, b] = [variableOf(good, [5]), variableOf([1, 2, 3, 4], [2, 2])];
    const given = make({ nonFinite: 'skip' });
    stepWith(given, [
      [a, good],
      [b, [1, 2, 3, 4]],
    ]);
    const read = () => all(given, [a, b]);
    const [before, tensors] = [await read(), tf.memory().numTensors];
    stepWith(given, [
      [a, bad],
      [b, [1, 2, 3, 4]],
    ]);
    expect(await read()).toEqual(before);
    expect([given.iterations, given.skippedSteps, tf.memory().numTensors]).toEqual([1, 1, tensors]);
    expect(await given.nonFiniteUpdates()).toEqual([]);
    stepWith(given, [
      [a, good],
      [b, [1, 2, 3, 4]],
    ]);
    expect(await read()).not.toEqual(before);
    expect([given.iterations, given.skippedSteps]).toEqual([2, 1]);
    given.dispose();
    tf.dispose([a, b]);
  });

  test("with 'error' name the tensors and the step, and leave all bits as they were", async () => {
    const [a, b] = [variableOf(good, [5], `c ${backend} ${execution}`), variableOf(good, [5], `d ${backend} ${execution}`)];
    const given = make({ nonFinite: 'error' });
    stepWith(given, [
      [a, good],
      [b, good],
    ]);
    const [before, tensors] = [[bits(a), bits(b)], tf.memory().numTensors];
    expect(() =>
      stepWith(given, [
        [a, good],
        [b, bad],
      ]),
    ).toThrow(
      expect.objectContaining({
        name: 'DownhillError',
        code: 'non-finite',
        message: expect.stringContaining(`at step 1 the gradient of ${b.name} is NaN or infinite`),
      }),
    );
    expect([bits(a), bits(b)]).toEqual(before);
    expect([given.iterations, tf.memory().numTensors]).toEqual([1, tensors]);
    given.dispose();
    tf.dispose([a, b]);
  });

  test.each(['skip', 'error'] as const)(
    "with '%s' leave nothing half-applied where a rule on whole tensors passes the bad parameter by",
    async (nonFinite) => {
      const [matrix, vector] = [variableOf([1, 2, 3, 4], [2, 2]), variableOf([1, 2], [2])];
      const given = make({ nonFinite }, chain(adamLike(), kernels(normalize())));
      const step = (values: readonly number[]): void =>
        stepWith(given, [
          [matrix, [1, 2, 3, 4]],
          [vector, values],
        ]);
      step([1, 2]);
      const read = () => all(given, [matrix, vector]);
      const before = await read();
      if (nonFinite === 'error') expect(() => step([1, Number.NaN])).toThrow('NaN or infinite');
      else step([1, Number.NaN]);
      expect(await read()).toEqual(before);
      step([1, 2]);
      expect(given.iterations).toBe(2);
      given.dispose();
      tf.dispose([matrix, vector]);
    },
  );

  test('in a number of the step stop it before anything is applied', () => {
    const variable = variableOf(good, [5]);
    const broken = transform({
      name: 'broken',
      config: {},
      scalars: ({ step }) => ({ rate: 1 / step }),
      update: (g, { scalars }) => div(g, scalars.rate),
    });
    const given = make({}, broken);
    expect(() => stepWith(given, [[variable, good]])).toThrow(
      expect.objectContaining({ code: 'non-finite', message: expect.stringContaining('broken: `rate` is Infinity at step 0') }),
    );
    expect([[...variable.dataSync()], given.iterations]).toEqual([good, 0]);
    given.dispose();
    variable.dispose();
  });
});
