import * as tf from '@tensorflow/tfjs-core';
import { layers, regularizers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { log } from '@downhill/core/math';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, meanSquaredError, softmaxCrossEntropy, type Batch, type Loss } from '@downhill/training';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { points } from '../../test/small-run.ts';
import { checkInitialLoss, expectedInitialLoss } from '../index.ts';

const wholeBatch = (): Batch => [...(batches(points(), { batchSize: 26, shuffle: false }).batches(0) as Iterable<Batch>)][0]!;
const disposed = ({ xs, ys }: Batch): void => tf.dispose([xs, ys].flat());

function net(options: { scale?: number; activation?: 'softmax'; l2?: number } = {}): Sequential {
  const { scale = 1, activation, l2 } = options;
  const last = { units: 3, ...(activation === undefined ? {} : { activation }), ...(l2 === undefined ? {} : { kernelRegularizer: regularizers.l2({ l2 }) }) }; // prettier-ignore
  const model = sequential({ layers: [layers.dense({ units: 8, inputShape: [4], activation: 'relu' }), layers.dense(last)] });
  seedModel(model, 1);
  tf.tidy(() => model.setWeights(model.getWeights().map((weight) => tf.mul(weight, scale))));
  return model;
}

onEachBackend('the initial loss', () => {
  test.each([
    ['logits', net, softmaxCrossEntropy],
    ['probabilities', () => net({ activation: 'softmax' }), ((ys, p) => tf.neg(tf.sum(tf.mul(tf.oneHot(tf.cast(ys, 'int32'), 3), tf.log(p)), -1))) as Loss], // prettier-ignore
  ])('of a fresh model that gives %s is that of a guess', async (_, make, loss) => {
    const [model, batch] = [make({ scale: 0.3 }), wholeBatch()];
    const { verdict, numbers } = await checkInitialLoss({ model, loss, batch });
    expect(verdict).toBe('ok');
    expect(numbers.expected).toBeCloseTo(log(3), 5);
    disposed(batch);
    model.dispose();
  });

  test.each([
    ['weights that are far too large', () => net({ scale: 12 }), softmaxCrossEntropy, 'failed', /last layer/],
    ['weights that are too large', () => net({ scale: 2.2 }), softmaxCrossEntropy, 'warning', /last layer/],
    ['weights that are infinite', () => net({ scale: Infinity }), softmaxCrossEntropy, 'failed', /NaN/],
  ] as const)('betrays %s', async (_, make, loss, verdict, advice) => {
    const [model, batch] = [make(), wholeBatch()];
    expect(await checkInitialLoss({ model, loss, batch })).toMatchObject({ verdict, advice: expect.stringMatching(advice) });
    disposed(batch);
    model.dispose();
  });

  test('betrays labels among the inputs: it is below that of a guess', async () => {
    const xs = tf.tidy(() => tf.oneHot(tf.tensor1d([0, 1, 2, 0], 'int32'), 3));
    const batch = { xs, ys: tf.tensor1d([0, 1, 2, 0], 'int32') };
    const model = { variables: [], predict: (x: tf.Tensor | tf.Tensor[]) => tf.mul(tf.cast(x as tf.Tensor, 'float32'), 9) };
    expect(await checkInitialLoss({ model, loss: softmaxCrossEntropy, batch })).toMatchObject({ verdict: 'failed', advice: expect.stringMatching(/labels/) }); // prettier-ignore
    disposed(batch);
  });

  test('tells penalties from the loss, and takes what one expects', async () => {
    const [model, batch] = [net({ scale: 0.3, l2: 0.5 }), wholeBatch()];
    const { numbers } = await checkInitialLoss({ model, loss: softmaxCrossEntropy, batch, expected: 10 });
    const kernel = model.weights[2]!.read();
    const penalty = tf.tidy(() => tf.mul(0.5, tf.sum(tf.square(kernel))).dataSync()[0]!);
    expect(numbers.penalties).toBeCloseTo(penalty, 5);
    expect(numbers.expected).toBe(10);
    disposed(batch);
    model.dispose();
  });
});

test('the best constant is never worse than zeros, and a bias at the priors reaches it', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(shares, (counts) => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      const priors = counts.map((count) => count / total);
      const { loss, constantLoss, bias } = expectedInitialLoss({ head: 'softmax', priors });
      expect(constantLoss).toBeLessThanOrEqual(loss + 1e-12);
      expect(-priors.reduce((sum, p, i) => sum + p * bias[i]!, 0)).toBeCloseTo(constantLoss, 12);
    }),
  );
});

test.each([
  [{ head: 'softmax' }, 'invalid-argument', /`classes`/],
  [{ head: 'softmax', priors: [0.5, 0.6] }, 'invalid-argument', /sum of priors/],
  [{ head: 'sigmoid', positiveRate: 2 }, 'invalid-argument', /`positiveRate`/],
  [{ head: 'relu' }, 'invalid-argument', /`head`/],
  [{ head: 'softmax', loss: 'meanAbsoluteError', classes: 2 }, 'invalid-argument', /not known/],
  [{ head: 'linear', targets: [[1], [1, 2]] }, 'data-invalid', /`targets`/],
])('what to expect cannot be said for %o', (options, code, message) => {
  expect(() => expectedInitialLoss(options as never)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
});

test('a model that is none is refused', async () => {
  await expect(checkInitialLoss({ model: 3 as never, loss: meanSquaredError, batch: {} as never })).rejects.toMatchObject({
    code: 'invalid-argument',
  });
});
