import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { withGradient } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, meanSquaredError, softmaxCrossEntropy, type Batch } from '@downhill/training';
import { expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { net, points } from '../../test/small-run.ts';
import { checkGradients, checkText, compareGradient, lossOfWeights, type LossOfWeights } from '../index.ts';

const wholeBatch = (): Batch => [...(batches(points(), { batchSize: 26, shuffle: false }).batches(0) as Iterable<Batch>)][0]!;

/** mean tanh(x w)², whose gradient is `factor` times the right one in the entry at `index`. */
function faulty(factor: number, index: number): { of: LossOfWeights; release: () => void } {
  const [w, x] = tf.tidy(() => [tf.variable(tf.randomNormal([6, 2], 0, 0.5, 'float32', 3)), tf.keep(tf.randomNormal([20, 6], 0, 1, 'float32', 4))]) as [tf.Variable, tf.Tensor2D]; // prettier-ignore
  const wrong = withGradient((weights) => ({
    value: tf.clone(weights),
    saved: [],
    gradients: (dy) => [tf.mul(dy, tf.reshape(tf.tensor1d(Array.from({ length: 12 }, (_, i) => (i === index ? factor : 1))), [6, 2]))],
  }));
  const loss = (): tf.Scalar => tf.tidy(() => tf.mean(tf.square(tf.tanh(tf.matMul(x, wrong(w) as tf.Tensor2D)))));
  return { of: { kind: 'loss of weights', weights: [{ key: 'w', variable: w }], loss }, release: () => tf.dispose([w, x]) };
}

onEachBackend('checking gradients', (backend) => {
  test('a right one passes, tensor by tensor, and the weights keep their bits', async () => {
    const [model, batch] = [net(), wholeBatch()];
    seedModel(model, 1);
    const bits = (): number[] => model.weights.flatMap((weight) => [...new Uint32Array(weight.read().dataSync().slice().buffer)]);
    const before = bits();
    const found = await checkGradients(lossOfWeights({ model, loss: softmaxCrossEntropy, batch }), { samples: 20 });
    expect(found.tensors.map(({ name, verdict }) => [name, verdict])).toEqual(['0/kernel', '0/bias', '1/kernel', '1/bias'].map((name) => [name, 'pass'])); // prettier-ignore
    expect(found).toMatchObject({ verdict: 'ok', numbers: { checked: 20 + 5 + 15 + 3 } });
    expect(bits()).toEqual(before);
    tf.dispose([batch.xs, batch.ys].flat());
    model.dispose();
  });

  test.each([
    [1.02, 4],
    [-1, 11],
    [0, 0],
  ])('one that is off by a factor of %f in one entry is caught there', async (factor, index) => {
    const { of, release } = faulty(factor, index);
    const found = await checkGradients(of, { samples: 12 });
    expect(found.verdict).toBe('failed');
    expect(found.tensors[0]).toMatchObject({ verdict: 'fail', worstIndex: index });
    expect(found.tensors[0]!.derivatives.filter(({ verdict }) => verdict === 'fail')).toHaveLength(1);
    expect(checkText(found)).toContain('w');
    release();
  });

  test('weights at a kink are marked, not blamed', async () => {
    const w = tf.tidy(() => tf.variable(tf.tensor1d([0, 1.5, -0.7])));
    const of: LossOfWeights = {
      kind: 'loss of weights',
      weights: [{ key: 'w', variable: w }],
      loss: () => tf.tidy(() => tf.sum(tf.abs(w))),
    };
    const { tensors, verdict } = await checkGradients(of);
    expect(tensors[0]!.derivatives.map((one) => one.verdict)).toEqual(['kink', 'pass', 'pass']);
    expect(verdict).toBe('ok');
    w.dispose();
  });

  test.each([
    [1, 'ok', []],
    [-1, 'failed', ['w1']],
  ] as const)('a wide layer of ReLUs passes, and fails with its gradient times %f', async (factor, verdict, wrong) => {
    const draw = (shape: number[], seed: number): tf.Variable =>
      tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, 0.4, 'float32', seed)));
    const [w1, w2, x] = [draw([16, 24], 1), draw([24, 3], 2), draw([40, 16], 3)];
    const turned = withGradient((w) => ({ value: tf.clone(w), saved: [], gradients: (dy) => [tf.mul(dy, factor)] }));
    const loss = (): tf.Scalar =>
      tf.tidy(() => tf.mean(tf.square(tf.matMul(tf.relu(tf.matMul(x as unknown as tf.Tensor2D, turned(w1) as tf.Tensor2D)), w2 as unknown as tf.Tensor2D)))); // prettier-ignore
    const weights = [w1, w2].map((variable, i) => ({ key: `w${i + 1}`, variable }));
    const found = await checkGradients({ kind: 'loss of weights', weights, loss }, { samples: 30 });
    expect(found.verdict).toBe(verdict);
    expect(found.tensors.filter((one) => one.verdict === 'fail').map(({ name }) => name)).toEqual(wrong);
    tf.dispose([w1, w2, x]);
  });

  test('a net of ReLUs and pooling is not blamed for its kinks', async () => {
    const conv = layers.conv2d({ filters: 3, kernelSize: 2, inputShape: [4, 4, 1], activation: 'relu' });
    const model = sequential({ layers: [conv, layers.flatten(), layers.dense({ units: 1 })] });
    seedModel(model, 2);
    if (backend === 'cpu') {
      // wasm has no kernel for the gradient of a convolution's filter
      const batch = { xs: tf.randomNormal([5, 4, 4, 1], 0, 1, 'float32', 1), ys: tf.ones([5, 1]) };
      const found = await checkGradients(lossOfWeights({ model, loss: meanSquaredError, batch }), { samples: 12 });
      expect(found.tensors.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
      tf.dispose([batch.xs, batch.ys]);
    }
    model.dispose();
  });
});

test('in plain numbers a wrong entry is found, and a kink is told from a mistake', async () => {
  const right = await compareGradient(([x = 0, y = 0]) => x ** 3 + Math.abs(y), [2, 1], [12, 1]);
  expect(right.verdict).toBe('pass');
  expect((await compareGradient(([x = 0, y = 0]) => x ** 3 + Math.abs(y), [2, 1e-7], [12, 1])).verdict).toBe('kink');
  expect(await compareGradient(([x = 0, y = 0]) => x ** 3 + Math.abs(y), [2, 1e-7], [13, 1])).toMatchObject({
    verdict: 'fail',
    worstIndex: 0,
  });
});

test.each([
  [() => compareGradient(([x = 0]) => x, [1], [1, 2]), 'shape-mismatch', /one number per weight \(1\), got 2/],
  [() => compareGradient(([x = 0]) => x, [1], [1], { difference: 'backward' as never }), 'invalid-argument', /`difference`/],
  [() => checkGradients({ kind: 'loss of weights', weights: [], loss: () => tf.scalar(1) }), 'invalid-argument', /at least one weight/],
])('bad input has an error of its own: %o', async (call, code, message) => {
  await expect(call()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});
