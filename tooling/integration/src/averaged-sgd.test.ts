import { withAveragedWeights } from '@downhill/ensembles';
import { asgd } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';

test('the mean that averaged SGD keeps takes the place of the weights for evaluation, in model.fit too', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'zeros' })] });
  const [xs, ys] = [tf.ones([1, 1]), tf.ones([1, 1])];
  const weight = (): number => model.weights[0]?.read().dataSync()[0] ?? Number.NaN;
  const ours = optimizer(asgd({ learningRate: 0.25, decay: 0, averageFrom: 0 }));
  model.compile({ optimizer: ours, loss: 'meanSquaredError' });
  await model.fit(xs, ys, { epochs: 3, verbose: 0 });
  // Half of the way to 1 with each step: 0.5, 0.75, 0.875. The mean begins after the first step.
  expect(weight()).toBeCloseTo(0.875, 6);
  expect(await withAveragedWeights(model, () => weight())).toBeCloseTo((0.75 + 0.875) / 2, 6);
  expect(weight()).toBeCloseTo(0.875, 6);
  model.dispose();
  ours.dispose();
  tf.dispose([xs, ys]);
  expect(tf.memory().numTensors).toBe(before);
});
