import { adam, adamw, chain, rmsprop, adagrad } from '@downhill/optimizers';
import { ActivityRegularization, constraintsOf, Dropout, earlyStoppingCallback } from '@downhill/regularization/layers';
import { DownhillOptimizer, optimizer, register } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { callbacks, constraints, layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useBackend } from './use-backend.ts';

// What tfjs 4.22 does wrong without a word, and that ours does not. Each pair of tests shows both: when tfjs mends its half,
// the first of the pair fails, and the README's line on it can go.

beforeEach(() => useBackend('cpu'));
const variables: tf.Variable[] = [];
const variable = (values: number[], name?: string): tf.Variable => {
  const made = tf.tidy(() => tf.variable(tf.tensor1d(values), true, name));
  variables.push(made);
  return made;
};
afterEach(() => variables.splice(0).forEach((item) => item.dispose()));

function step(given: tf.Optimizer, gradients: Record<string, number[]>): void {
  tf.tidy(() => given.applyGradients(Object.fromEntries(Object.entries(gradients).map(([name, values]) => [name, tf.tensor1d(values)]))));
}

describe('dropout with a seed', () => {
  const masks = (layer: layers.Layer): string[] => {
    const model = sequential({ layers: [layer] });
    return tf.tidy(() => [0, 1].map(() => String((model.apply(tf.ones([1, 50]), { training: true }) as tf.Tensor).dataSync())));
  };

  test('draws the same mask at every step in tfjs', () => {
    const [first, second] = masks(layers.dropout({ rate: 0.5, seed: 1, inputShape: [50] }));
    expect(second).toBe(first);
  });

  test('draws a new one at every step here, and the same again in a model that is built again', () => {
    const made = (): string[] => masks(new Dropout({ rate: 0.5, seed: 1, inputShape: [50] }));
    const [first, second] = made();
    expect(second).not.toBe(first);
    expect(made()).toEqual([first, second]);
  });
});

describe('the default epsilon', () => {
  test('of tfjs is whatever the backend says: on webgl with float32 textures 1e-4 instead of 1e-7', () => {
    const asked = vi.spyOn(tf.backend(), 'epsilon').mockReturnValue(1e-4);
    const weight = variable([0]);
    step(tf.train.adam(0.1), { [weight.name]: [1e-5] });
    expect(asked).toHaveBeenCalled();
    expect(weight.dataSync()[0]).toBeCloseTo(-0.1 / 11, 4); // a step of 0.1 was asked for
    asked.mockRestore();
  });

  test.each([
    ['adam', adam()],
    ['adamw', adamw()],
    ['rmsprop', rmsprop()],
    ['adagrad', adagrad()],
  ])('of %s is a constant: the backend is never asked', (_, rule) => {
    const asked = vi.spyOn(tf.backend(), 'epsilon').mockReturnValue(1e-4);
    const weight = variable([0]);
    const given = optimizer(rule);
    step(given, { [weight.name]: [1e-5] });
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    given.dispose();
  });
});

describe('training a part of the variables', () => {
  const gradients = { first: [1, 1], second: [100, 100] };

  test('gives a weight the moments of another in tfjs', () => {
    const [a, b] = [variable([0, 0], 'first'), variable([0, 0], 'second')];
    const given = tf.train.momentum(0.1, 0.9);
    step(given, gradients);
    const before = b.dataSync()[0]!;
    step(given, { second: [0, 0] });
    expect(b.dataSync()[0]! - before).toBeCloseTo(-0.1 * 0.9 * 1, 5); // the velocity of `first`: its own is 100
    expect(a.dataSync()[0]).toBeCloseTo(-0.1, 5);
  });

  test('leaves each weight its own moments here', () => {
    variable([0, 0], 'first');
    const b = variable([0, 0], 'second');
    const given = optimizer(adam({ learningRate: 0.1 }));
    step(given, gradients);
    const before = given.state('second')['scaleByAdam/m']!;
    step(given, { second: [0, 0] });
    const after = given.state('second')['scaleByAdam/m']!;
    expect(after.dataSync()[0]).toBeCloseTo(0.9 * before.dataSync()[0]!, 4);
    expect(b.dataSync()[0]).toBeLessThan(-0.1);
    tf.dispose([before, after]);
    given.dispose();
  });
});

describe('a constraint of a layer', () => {
  async function largestNorm(make: (model: Sequential) => tf.Optimizer): Promise<number> {
    const kernelConstraint = constraints.maxNorm({ maxValue: 0.5, axis: 0 });
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [4], kernelConstraint, useBias: false })] });
    const given = make(model);
    model.compile({ loss: 'meanSquaredError', optimizer: given });
    const [x, y] = [tf.ones([8, 4]), tf.tidy(() => tf.mul(tf.ones([8, 3]), 5))];
    await model.fit(x, y, { epochs: 10, verbose: 0 });
    const norm = tf.tidy(() => tf.max(tf.norm(model.getWeights()[0]!, 'euclidean', 0)).dataSync()[0]!);
    tf.dispose([x, y]);
    model.dispose();
    given.dispose();
    return norm;
  }

  test('never holds in training in tfjs', async () => {
    expect(await largestNorm(() => tf.train.adam(0.1))).toBeGreaterThan(1);
  });

  test('holds with constraintsOf, under any rule', async () => {
    expect(await largestNorm((model) => optimizer(chain(adam({ learningRate: 0.1 }), constraintsOf(model))))).toBeCloseTo(0.5, 5);
  });
});

describe('saving an optimizer', () => {
  test('is not implemented for adamax in tfjs', async () => {
    await expect(tf.train.adamax(0.1).getWeights()).rejects.toThrow('not implemented');
  });

  test('works for every transform here, and loading needs one call', async () => {
    register({ rmsprop });
    const weight = variable([1, 2], 'saved');
    const given = optimizer(rmsprop({ momentum: 0.9, centered: true }));
    step(given, { saved: [1, -1] });
    expect((await given.getWeights()).map(({ name }) => name)).toEqual([
      'iter',
      'saved/scaleByRms/variance',
      'saved/scaleByRms/mean',
      'saved/scaleByMomentum/velocity',
    ]);
    const again = DownhillOptimizer.fromConfig(DownhillOptimizer as never, given.getConfig()) as DownhillOptimizer;
    await again.setWeights(await given.getWeights());
    expect((await again.getWeights()).map(({ name }) => name)).toEqual((await given.getWeights()).map(({ name }) => name));
    const values = (): number[] => [...weight.dataSync()];
    const start = values();
    step(given, { saved: [3, 1] });
    const straight = values();
    weight.assign(tf.tidy(() => tf.tensor1d(start)));
    step(again, { saved: [3, 1] });
    expect(values()).toEqual(straight);
    given.dispose();
    again.dispose();
  });
});

describe('memory', () => {
  const net = () => sequential({ layers: [layers.dense({ units: 2, inputShape: [2] })] });

  async function compileTwice(make: () => tf.Optimizer): Promise<number> {
    const model = net();
    const [x, y] = [tf.ones([4, 2]), tf.ones([4, 2])];
    const before = tf.memory().numTensors;
    for (let i = 0; i < 2; i++) {
      model.compile({ loss: 'meanSquaredError', optimizer: make() });
      await model.trainOnBatch(x, y);
    }
    model.optimizer.dispose();
    tf.dispose([x, y]);
    return tf.memory().numTensors - (before - 2);
  }

  test('of the first optimizer is lost at a second compile in tfjs', async () => {
    expect(await compileTwice(() => tf.train.adam(0.1))).toBeGreaterThan(0);
  });

  test('of the first optimizer comes back with the garbage collector here', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const before = tf.memory().numTensors;
    const left = await compileTwice(() => optimizer(adam()));
    expect(left).toBeGreaterThan(0); // nothing tells the optimizer that the model has dropped it
    await vi.waitFor(
      () => {
        collect();
        expect(tf.memory().numTensors - before).toBeLessThan(left);
      },
      { timeout: 5000, interval: 50 },
    );
  });

  test('of an optimizer that is disposed of is all back', async () => {
    const before = tf.memory().numTensors;
    const weight = variable([1, 2, 3]);
    const given = optimizer(adam());
    step(given, { [weight.name]: [1, 2, 3] });
    await given.getWeights();
    given.dispose();
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(() => step(given, { [weight.name]: [1, 2, 3] })).toThrow(expect.objectContaining({ code: 'disposed' }));
  });
});

describe('misuse', () => {
  test('an object in the place of the learning rate makes every weight NaN in tfjs', () => {
    const weight = variable([1]);
    step(tf.train.adam({ learningRate: 0.1 } as never), { [weight.name]: [1] });
    expect(weight.dataSync()[0]).toBeNaN();
  });

  test('an object in the place of a number is refused here, with what to pass', () => {
    expect(() => adam({ learningRate: { learningRate: 0.1 } as never })).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: expect.stringContaining('`learningRate` must be a number or a schedule'),
      }),
    );
    expect(() => optimizer({ learningRate: 0.1 } as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('adamw(...)') }),
    );
  });

  test('a callback under any name is ignored in tfjs', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0) });
    const history = await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), {
      epochs: 5,
      verbose: 0,
      callbacks: { anyName: callbacks.earlyStopping({ monitor: 'loss' }) } as never,
    });
    expect(history.epoch).toHaveLength(5);
  });
});

describe('early stopping that gives the best weights back', () => {
  test('is refused by tfjs', () => {
    expect(() => callbacks.earlyStopping({ restoreBestWeights: true })).toThrow('not implemented');
  });

  test('is what earlyStoppingCallback does', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'ones' })] });
    model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(1.5) }); // each step doubles the distance from the best weight, 0
    const [xs, ys] = [tf.ones([4, 1]), tf.zeros([4, 1])];
    const { epoch } = await model.fit(xs, ys, {
      epochs: 9,
      verbose: 0,
      callbacks: earlyStoppingCallback({ monitor: 'loss', patience: 2, restoreBestWeights: true }),
    });
    expect(epoch).toHaveLength(3);
    expect(model.getWeights()[0]!.dataSync()[0]).toBe(-2); // 1, then -2, 4, -8: after the first epoch, whose loss was the least
    tf.dispose([xs, ys]);
    model.dispose();
  });
});

describe('a penalty on what a layer puts out', () => {
  test('is refused by tfjs in every layer that takes one', () => {
    const dense = layers.dense({ units: 1, inputShape: [2], activityRegularizer: 'l1l2' });
    expect(() => sequential({ layers: [dense] })).toThrow('activity regularizer');
  });

  test('is a layer here', async () => {
    const penalized = new ActivityRegularization({ l1: 0.5, l2: 0, inputShape: [2] });
    const model = sequential({ layers: [penalized, layers.dense({ units: 1, kernelInitializer: 'zeros' })] });
    model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0) });
    const [xs, ys] = [tf.tensor2d([[1, -2]]), tf.zeros([1, 1])];
    expect(await model.trainOnBatch(xs, ys)).toBe(0.5 * (1 + 2));
    tf.dispose([xs, ys]);
    model.dispose();
  });
});
