import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { accuracy, meanSquaredError, softmaxCrossEntropy } from './losses.ts';

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test.each([
    ['class numbers', [2, 0]],
    ['a column of them', [[2], [0]]],
    [
      'rows',
      [
        [0, 0, 1],
        [1, 0, 0],
      ],
    ],
  ])('cross-entropy and accuracy take %s', async (_, labels) => {
    await tf.setBackend(backend);
    const [ys, predictions] = [tf.tensor(labels, undefined, 'int32'), tf.log(tf.tensor2d([0.2, 0.3, 0.5, 0.2, 0.7, 0.1], [2, 3]))];
    const before = tf.memory().numTensors;
    const [loss, right] = [softmaxCrossEntropy(ys, predictions), accuracy(ys, predictions)];
    expect(tf.memory().numTensors - before).toBe(2);
    loss.dataSync().forEach((value, i) => expect(value).toBeCloseTo([Math.log(2), Math.log(5)][i]!, 6));
    expect([...right.dataSync()]).toEqual([1, 0]);
    tf.dispose([ys, predictions, loss, right]);
  });

  test.each([
    [softmaxCrossEntropy, [3, 0], 'data-invalid'],
    [accuracy, [3, 0], 'data-invalid'],
    [softmaxCrossEntropy, [0, 1, 2], 'shape-mismatch'],
    [accuracy, [[0, 1]], 'shape-mismatch'],
    [meanSquaredError, [[0, 1]], 'shape-mismatch'],
  ])('%o refuses labels of %o for two examples of three classes, and leaves no tensor', async (loss, labels, code) => {
    await tf.setBackend(backend);
    const [ys, predictions] = [tf.tensor(labels), tf.zeros([2, 3])];
    const before = tf.memory().numTensors;
    expect(() => loss(ys, predictions)).toThrow(expect.objectContaining({ code }));
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([ys, predictions]);
  });
});
