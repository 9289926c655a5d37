import { transform, type Transform } from '@downhill/core';
import { bfgs, lbfgs, nesterovLookAhead, newton, sgd } from '@downhill/optimizers';
import { Dropout } from '@downhill/regularization/layers';

import { drawCounts, optimizer, randomNormal } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, sequential, model as modelOf, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

/** Sharpness-aware minimization in short: the gradient is taken a little uphill. */
const uphill = (): Transform =>
  transform<never, never, tf.Tensor>({
    name: 'uphill',
    config: {},
    gradients({ evaluate, weight, setWeight, parameters }) {
      const { gradients } = evaluate();
      for (const { name } of parameters) setWeight(name, tf.add(weight(name), tf.mul(gradients[name]!, 0.05)));
      return Object.fromEntries(Object.entries(evaluate().gradients).map(([name, gradient]) => [name, tf.mul(gradient, 0.1)]));
    },
    update: (g) => g,
  });

const rules: readonly (readonly [string, () => Transform])[] = [
  ['lbfgs', () => lbfgs({ maxIterations: 3 })],
  ['bfgs', () => bfgs({ maxIterations: 3 })],
  ['newton', () => newton({ maxIterations: 1 })],
  ['nesterovLookAhead', () => nesterovLookAhead({ learningRate: 0.05 })],
  ['a rule like sam', uphill],
];

/** A small model with all that a training forward may change, and metrics; with two heads its losses are metrics too. */
function trained(rule: Transform, heads = 1): LayersModel {
  const x = input({ shape: [3] });
  const hidden = layers.dense({ units: 4, activation: 'tanh' }).apply(x);
  const normed = layers.batchNormalization().apply(hidden);
  const dropped = new Dropout({ rate: 0.3 }).apply(normed) as SymbolicTensor;
  const outputs = Array.from({ length: heads }, () => layers.dense({ units: 2, activation: 'softmax' }).apply(dropped) as SymbolicTensor);
  const model = modelOf({ inputs: x, outputs });
  model.compile({ loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: optimizer(rule) });
  seedModel(model, 1);
  return model;
}

const dispose = (model: LayersModel): void => {
  (model.optimizer as { dispose(): void }).dispose();
  model.dispose();
};

/** Weights that are not trained: the moving statistics. */
const statistics = (model: LayersModel): readonly number[][] =>
  model.layers.flatMap(({ nonTrainableWeights }) => nonTrainableWeights.map((each) => [...each.read().dataSync()]));

test('tfjs alone keeps and returns each metric as often as its loss is evaluated', async () => {
  await useBackend('cpu');
  class Twice extends tf.SGDOptimizer {
    override minimize(f: () => tf.Scalar, returnCost = false, variables?: tf.Variable[]): tf.Scalar | null {
      tf.dispose(Object.values(this.computeGradients(f, variables).grads));
      return super.minimize(f, returnCost, variables);
    }
  }
  const model = sequential({ layers: [layers.dense({ units: 2, activation: 'softmax', inputShape: [3] })] });
  model.compile({ loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: new Twice(0.1) });
  const [x, y] = tf.tidy(() => [tf.ones([4, 3]), tf.ones([4, 2])]) as [tf.Tensor, tf.Tensor];
  expect(await model.trainOnBatch(x, y)).toHaveLength(3);
  const before = tf.memory().numTensors;
  await model.fit(x, y, { epochs: 2, verbose: 0 });
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  dispose(model);
  tf.dispose([x, y]);
});

describe.each(['cpu', 'wasm'] as const)('on %s, fit with metrics', (backend) => {
  let x: tf.Tensor;
  let y: tf.Tensor;
  beforeEach(async () => {
    await useBackend(backend);
    x = randomNormal([24, 3], { seed: 1 });
    y = tf.tidy(() => tf.oneHot(tf.cast(tf.greater(tf.sum(x, 1), 0), 'int32'), 2));
    return () => tf.dispose([x, y]);
  });
  test.each([
    ['newton', newton],
    ['bfgs', bfgs],
    ['lbfgs', lbfgs],
  ] as const)('trains by %s in few steps', async (_, rule) => {
    const model = sequential({
      layers: [layers.dense({ units: 3, activation: 'tanh', inputShape: [3] }), layers.dense({ units: 2, activation: 'softmax' })],
    });
    model.compile({ loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: optimizer(rule()) });
    seedModel(model, 1);
    const { history } = await model.fit(x, y, { epochs: 4, batchSize: 24, verbose: 0 });
    expect(history['loss']?.at(-1)).toBeLessThan(0.05);
    expect(history['acc']?.at(-1)).toBe(1);
    dispose(model);
  });

  const labels = (heads: number): tf.Tensor | tf.Tensor[] => (heads === 1 ? y : Array.from({ length: heads }, () => y));

  describe.each(rules)('by %s', (_, rule) => {
    test.each([1, 2])('leaves no tensor behind (outputs: %i)', async (heads) => {
      const model = trained(rule(), heads);
      await model.fit(x, labels(heads), { epochs: 1, batchSize: 12, verbose: 0 });
      const before = tf.memory().numTensors;
      const { history } = await model.fit(x, labels(heads), { epochs: 2, batchSize: 12, verbose: 0 });
      expect(tf.memory().numTensors).toBe(before);
      expect(Object.keys(history)).toEqual(model.metricsNames);
      dispose(model);
    });

    test.each([1, 2])(
      'gives from trainOnBatch what a rule gives that looks once, and moves what that one moves (outputs: %i)',
      async (heads) => {
        const [model, plain] = [trained(rule(), heads), trained(sgd({ learningRate: 0 }), heads)];
        const wanted = await plain.trainOnBatch(x, labels(heads));
        const before = tf.memory().numTensors;
        const found = await model.trainOnBatch(x, labels(heads));
        expect(found).toEqual(wanted);
        expect(found).toHaveLength(model.metricsNames.length);
        expect(statistics(model)).toEqual(statistics(plain));
        expect(Object.values(drawCounts(model))).toEqual([1]);
        const slots = (await (model.optimizer as unknown as { getWeights(): Promise<unknown[]> }).getWeights()).length;
        expect(tf.memory().numTensors - before).toBe(slots);
        dispose(model);
        dispose(plain);
      },
    );
  });
});
