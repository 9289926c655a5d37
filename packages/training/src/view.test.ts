import { mul, norm, transform, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { batches, type Batch, type BatchSource } from './batches.ts';
import { softmaxCrossEntropy } from './losses.ts';
import { predict } from './model.ts';
import { train } from './train.ts';
import type { Hook, TrainOptions } from './train-options.ts';
import type { Run } from './view.ts';

const rule = (): Transform =>
  transform({ name: 'rule', config: {}, update: (g) => ({ update: mul(g, 0.1), statistics: { length: norm(g) } }) });

/** Ten points of three classes; one number may be none. */
function source(last = 0.5): BatchSource {
  const values = Float32Array.from({ length: 20 }, (_, i) => (i === 19 ? last : Math.sin(3 * i)));
  return batches(
    { xs: { values, shape: [2] }, ys: { values: Int32Array.from({ length: 10 }, (_, i) => i % 3), shape: [] } },
    { batchSize: 4, shuffle: false },
  );
}

/** One epoch of three batches. */
async function run(options: Partial<TrainOptions>): Promise<void> {
  const before = tf.memory().numTensors;
  const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [2] })] });
  try {
    await train({ model, loss: softmaxCrossEntropy, transform: rule(), batches: source(), epochs: 1, seed: 1, ...options });
  } finally {
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
}

const hook = (methods: Partial<Hook>): Hook => ({ kind: 'hook', name: 'looker', ...methods });
const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

describe('what hooks see', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('before the gradients the batch, and weights that give the predictions and the loss of the step', async () => {
    let made: Run | undefined;
    const seen: { predictions: number[]; loss: number; batch: Batch }[] = [];
    const checks = hook({
      onStart: (_, given) => void (made = given),
      onBatch: (batch) =>
        tf.tidy(() => {
          const loss = numbers(made!.objective(batch, { training: true }))[0]!;
          seen.push({ predictions: numbers(predict(made!.model, batch.xs, { training: true })), loss, batch });
        }),
      onStep({ step, loss }, { batch, predictions, gradients }) {
        const then = seen[step - 1]!;
        expect(batch).toBe(then.batch);
        expect(numbers(predictions)).toEqual(then.predictions);
        expect(loss).toBe(then.loss);
        expect(Object.values(gradients).map(({ shape }) => shape)).toEqual([[2, 3], [3]]);
        expect(predict(made!.model, batch.xs, { training: true })).toSatisfy((now: tf.Tensor) => {
          const moved = numbers(now).join() !== then.predictions.join();
          now.dispose();
          return moved;
        });
      },
    });
    await run({ hooks: [checks] });
    expect(seen).toHaveLength(3);
    expect(made).toMatchObject({ showsGradients: true, batches: { examples: 10 } });
  });

  test('predictions and statistics, but no gradients, of a rule that takes them itself', async () => {
    const again = transform({ name: 'again', config: {}, gradients: ({ evaluate }) => (evaluate(), evaluate().gradients) });
    const seen: unknown[] = [];
    const looker = hook({
      onStart: (_, { showsGradients }) => void seen.push(showsGradients),
      onStep: (_, { predictions, gradients }) => void seen.push([predictions.shape, gradients]),
    });
    await run({ transform: again, hooks: [looker] });
    expect(seen).toEqual([false, [[4, 3], {}], [[4, 3], {}], [[2, 3], {}]]);
  });

  test('the statistics of the step that is done, where somebody reads them', async () => {
    const names: number[] = [];
    const onStep: Hook['onStep'] = async (_, { statistics }) => void names.push(Object.keys(Object.values(await statistics())[0]!).length);
    await run({ hooks: [hook({ onStep })] });
    await run({ hooks: [hook({ onStep, readsStatistics: ({ step }) => step === 1 })] });
    await run({ hooks: [hook({ onStep, readsStatistics: () => false }), { kind: 'hook', name: 'other', onStep: () => {} }] });
    expect(names).toEqual([2, 2, 2, 1, 2, 1, 2, 2, 2]);
  });

  test('each batch of the validation with the predictions that its numbers come from, before the epoch’s report', async () => {
    const calls: unknown[] = [];
    const looker = hook({
      onValidation: ({ batch, predictions }, { step, epoch }) => void calls.push([batch.ys.shape, predictions.shape, step, epoch]),
      onEpoch: ({ epoch }) => void calls.push(epoch),
    });
    await run({ validation: source(), hooks: [looker] });
    expect(calls).toEqual([[[4], [4, 3], 3, 0], [[4], [4, 3], 3, 0], [[2], [2, 3], 3, 0], 1]);
  });

  test.each(['error', 'report'] as const)('a loss that is no number, before it does any harm (%s)', async (nonFinite) => {
    const calls: string[] = [];
    const looker = hook({
      onNonFinite: ({ batch, predictions, gradients }, { step }) =>
        void calls.push(
          `${step}: ${numbers(batch.xs as tf.Tensor).filter(Number.isNaN).length} of xs, ${predictions.shape}, ${Object.keys(gradients).length}`,
        ),
      onStep: ({ step }) => void calls.push(`step ${step}`),
    });
    const ended = await run({ batches: source(Number.NaN), nonFinite, hooks: [looker] }).catch(({ code }: { code: string }) => code);
    expect(ended).toBe(nonFinite === 'error' ? 'non-finite' : undefined);
    expect(calls).toEqual(['step 1', 'step 2', '2: 1 of xs, 2,3, 2', ...(nonFinite === 'report' ? ['step 3'] : [])]);
  });

  test.each(['onBatch', 'onNonFinite', 'onValidation'] as const)('nothing leaks when %s throws', async (method) => {
    const bomb = hook({ [method]: () => Promise.reject(new Error('boom')) });
    const spoilt = method === 'onNonFinite' ? { batches: source(Number.NaN) } : {};
    await expect(run({ validation: source(), hooks: [bomb], ...spoilt })).rejects.toThrow('boom');
  });
});
