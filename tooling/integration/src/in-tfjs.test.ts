import { adamw, chain, clipByGlobalNorm, nesterovLookAhead, sgd } from '@downhill/optimizers';
import { optimizer, randomNormal, type DownhillOptimizer } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

const makeVariable = (values: number[], name?: string): tf.Variable => tf.tidy(() => tf.variable(tf.tensor1d(values), true, name));

describe.each([
  ['cpu', 'fused'],
  ['wasm', 'fused'],
  ['cpu', 'ops'],
  ['wasm', 'ops'],
] as const)('an optimizer on %s (%s)', (backend, execution) => {
  beforeEach(() => useBackend(backend));
  const make = (learningRate = 0.1): DownhillOptimizer => optimizer(chain(clipByGlobalNorm(10), adamw({ learningRate })), { execution });

  test('trains a model in fit, with metrics, and leaves no tensor behind', async () => {
    const model = sequential({
      layers: [layers.dense({ units: 8, inputShape: [2], activation: 'relu' }), layers.dense({ units: 2, activation: 'softmax' })],
    });
    const given = make(0.05);
    model.compile({ loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: given });
    seedModel(model, 1);
    const x = randomNormal([64, 2], { seed: 1 });
    const y = tf.tidy(() => tf.oneHot(tf.cast(tf.greater(tf.sum(x, 1), 0), 'int32'), 2));
    await model.fit(x, y, { epochs: 1, verbose: 0 });
    const before = tf.memory().numTensors;
    const { history } = await model.fit(x, y, { epochs: 20, verbose: 0 });
    expect(tf.memory().numTensors).toBe(before);
    expect(history['loss']?.at(-1)).toBeLessThan(0.3 * Number(history['loss']?.[0]));
    expect(given.iterations).toBe(42);
    given.dispose();
    model.dispose();
    tf.dispose([x, y]);
  });

  test('works alone: minimize returns the cost when asked', () => {
    const before = tf.memory().numTensors;
    const weight = makeVariable([3, -2]);
    const given = make();
    const loss = () => tf.sum(tf.square(weight)) as tf.Scalar;
    const cost = given.minimize(loss, true);
    expect(cost?.dataSync()[0]).toBe(13);
    cost?.dispose();
    for (let i = 0; i < 100; i++) expect(given.minimize(loss)).toBeNull();
    expect(tf.tidy(() => loss().dataSync()[0])).toBeLessThan(0.05);
    given.dispose();
    weight.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('takes gradients as a map and as a list, and passes over null ones', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => makeVariable([1, 2, 3], `${name} ${backend} ${execution}`)) as [
      tf.Variable,
      tf.Variable,
      tf.Variable,
    ];
    const [byMap, byList] = [make(), make()];
    const gradient = tf.tensor1d([1, -1, 0.5]);
    byMap.applyGradients({ [a.name]: gradient, [c.name]: null as never });
    byList.applyGradients([
      { name: b.name, tensor: gradient },
      { name: c.name, tensor: undefined as never },
    ]);
    expect(b.dataSync()).toEqual(a.dataSync());
    expect([...c.dataSync()]).toEqual([1, 2, 3]);
    tf.dispose([a, b, c, gradient]);
    byMap.dispose();
    byList.dispose();
  });

  test('goes on when the backend changes under it', async () => {
    const weight = makeVariable([1, 2]);
    const given = make();
    const gradient = tf.tensor1d([1, 1]);
    given.applyGradients({ [weight.name]: gradient });
    await useBackend(backend === 'cpu' ? 'wasm' : 'cpu');
    given.applyGradients({ [weight.name]: gradient });
    expect(weight.dataSync()[0]).toBeCloseTo(0.8, 2);
    given.dispose();
    tf.dispose([weight, gradient]);
  });

  test('skips a bad step and does not count it', () => {
    const weight = makeVariable([1, 2], 'skipped');
    const given = optimizer(adamw(), { execution, nonFinite: 'skip' });
    const [good, bad] = [tf.tensor1d([1, 1]), tf.tensor1d([1, Number.NaN])];
    given.applyGradients({ skipped: good });
    const before = [...weight.dataSync()];
    given.applyGradients({ skipped: bad });
    expect([...weight.dataSync()]).toEqual(before);
    expect([given.iterations, given.skippedSteps]).toEqual([1, 1]);
    given.dispose();
    tf.dispose([weight, good, bad]);
  });

  test('names tensor and step of what is not finite, when it is asked', async () => {
    const [a, b] = [makeVariable([1, 2], 'healthy'), makeVariable([1, 2], 'ill')];
    const given = make();
    const [good, bad] = [tf.tensor1d([1, 1]), tf.tensor1d([Number.POSITIVE_INFINITY, Number.NaN])];
    const plain = optimizer(sgd(), { execution });
    plain.applyGradients({ healthy: good, ill: good });
    plain.applyGradients({ healthy: good, ill: bad });
    plain.applyGradients({ healthy: good, ill: bad });
    expect(await plain.nonFiniteUpdates()).toEqual([{ variable: 'ill', step: 1, count: 4 }]);
    expect(await plain.nonFiniteUpdates()).toEqual([]);
    given.dispose();
    plain.dispose();
    tf.dispose([a, b, good, bad]);
  });

  test('refuses what it cannot apply, and applies nothing then', () => {
    const weight = makeVariable([1, 2], 'refused');
    const given = optimizer(adamw(), { execution, nonFinite: 'error' });
    const tensors = {
      long: tf.tensor1d([1, 2, 3]),
      whole: tf.tensor1d([1, 2], 'int32'),
      bad: tf.tensor1d([1, Number.NaN]),
      good: tf.tensor1d([1, 1]),
    };
    const before = tf.memory().numTensors;
    expect(() => given.applyGradients({ refused: tensors.long })).toThrow(
      expect.objectContaining({ code: 'shape-mismatch', message: expect.stringContaining("'refused' must have its shape [2], got [3]") }),
    );
    expect(() => given.applyGradients({ refused: tensors.whole })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => given.applyGradients({ missing: tensors.good })).toThrow(expect.objectContaining({ code: 'unknown-name' }));
    expect(() =>
      given.applyGradients([
        { name: 'refused', tensor: tensors.good },
        { name: 'refused', tensor: tensors.good },
      ]),
    ).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(tf.memory().numTensors).toBe(before);
    expect(() => given.applyGradients({ refused: tensors.bad })).toThrow(
      expect.objectContaining({ code: 'non-finite', message: expect.stringContaining('step 0 the gradient of refused') }),
    );
    expect([...weight.dataSync()]).toEqual([1, 2]);
    expect(given.iterations).toBe(0);
    given.dispose();
    tf.dispose([weight, ...Object.values(tensors)]);
  });

  test('refuses a parameter group that fits no variable', () => {
    const weight = makeVariable([1, 2], 'only');
    const given = optimizer(adamw({ decayMask: { names: ['*/kernle'] } }), { execution });
    const gradient = tf.tensor1d([1, 2]);
    expect(() => given.applyGradients({ only: gradient })).toThrow(
      expect.objectContaining({ code: 'unknown-name', message: expect.stringContaining("'*/kernle' fits no parameter") }),
    );
    expect([...weight.dataSync()]).toEqual([1, 2]);
    given.dispose();
    tf.dispose([weight, gradient]);
  });

  test('runs a rule that looks at the loss itself, also in fit with metrics', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
    const given = optimizer(nesterovLookAhead({ learningRate: 0.05 }), { execution });
    model.compile({ loss: 'meanSquaredError', metrics: ['mse'], optimizer: given });
    const x = tf.tensor2d([-1, 0, 1, 2], [4, 1]);
    const y = tf.tidy(() => tf.mul(x, 2));
    await model.fit(x, y, { epochs: 2, verbose: 0 });
    const before = tf.memory().numTensors;
    const { history } = await model.fit(x, y, { epochs: 60, batchSize: 4, verbose: 0 });
    expect(tf.memory().numTensors).toBe(before);
    expect(history['loss']?.at(-1)).toBeLessThan(0.01);
    expect(await model.trainOnBatch(x, y)).toHaveLength(2);
    expect(() => given.applyGradients({})).toThrow(expect.objectContaining({ code: 'unsupported' }));
    given.dispose();
    tf.dispose([x, y]);
    model.dispose();
  });

  test('leaves nothing behind when the loss throws', () => {
    const weight = makeVariable([1, 2]);
    const given = make();
    const before = tf.memory().numTensors;
    const broken = (): tf.Scalar => {
      tf.square(weight);
      throw new Error('no loss today');
    };
    expect(() => given.minimize(broken)).toThrow('no loss today');
    expect(() => given.minimize(() => tf.sum(tf.div(weight, tf.ones([3]))) as tf.Scalar)).toThrow();
    expect(tf.memory().numTensors).toBe(before);
    given.dispose();
    weight.dispose();
  });
});
