import { affine, augmentedBatches, compose, crop, cutmix, flip, mixedBatches, mixup } from '@downhill/augmentation';
import { adam } from '@downhill/optimizers';
import { batches, disposeBatch, softmaxCrossEntropy, train, type ArrayData, type Batch } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';

const SIDE = 8;
const EXAMPLES = 20;
const data: ArrayData = {
  xs: { values: Float32Array.from({ length: EXAMPLES * SIDE * SIDE }, (_, i) => ((i * 37) % 101) / 101), shape: [SIDE, SIDE, 1] },
  ys: { values: Int32Array.from({ length: EXAMPLES }, (_, i) => i % 2), shape: [] },
};

const source = (batchSize: number): ReturnType<typeof augmentedBatches<Batch, ReturnType<typeof batches>>> =>
  augmentedBatches(
    batches(data, { batchSize, shuffle: 3 }),
    compose([affine({ degrees: 20 }), crop({ size: SIDE, padding: 1 }), flip()], { seed: 5 }),
  );

/** The images of an epoch by their index in the data. */
async function imagesOf(batchSize: number, epoch: number): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>();
  for await (const batch of source(batchSize).batches(epoch)) {
    const values = [...(batch.xs as tf.Tensor).dataSync()];
    const size = SIDE * SIDE;
    for (const [i, sample] of batch.samples!.entries()) found.set(sample, values.slice(i * size, (i + 1) * size));
    disposeBatch(batch);
  }
  return found;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('augmented batches in the training loop', () => {
  test('show each sample of an epoch the same way, whatever the batch size, and another way in the next epoch', async () => {
    const [first, other, next] = [await imagesOf(4, 0), await imagesOf(7, 0), await imagesOf(4, 1)];
    expect(first.size).toBe(EXAMPLES);
    for (const [sample, image] of first) {
      expect(other.get(sample)).toEqual(image);
      expect(next.get(sample)).not.toEqual(image);
    }
  });

  test('train, and leave no tensor behind', async () => {
    const model = sequential({ layers: [layers.flatten({ inputShape: [SIDE, SIDE, 1] }), layers.dense({ units: 2 })] });
    const before = tf.memory().numTensors;
    const result = await train({ model, loss: softmaxCrossEntropy, transform: adam(), batches: source(5), epochs: 2, seed: 1 });
    expect(result).toBeDefined();
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test('refuse batches that do not say what they hold, and leave nothing behind', async () => {
    const before = tf.memory().numTensors;
    const unnumbered = augmentedBatches({ batches: () => [{ xs: tf.zeros([1, 4, 4, 1]), ys: tf.tensor1d([0]) }] }, compose([flip()]));
    await expect(async () => {
      for await (const _ of unnumbered.batches(0)) expect.fail('there is none');
    }).rejects.toThrow(/a batch does not say which `samples` it holds/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('mixed batches in the training loop', () => {
  const mixed = (mix: Parameters<typeof mixedBatches>[1]): ReturnType<typeof mixedBatches<Batch, ReturnType<typeof batches>>> =>
    mixedBatches(batches(data, { batchSize: 4, shuffle: 3 }), mix, { seed: 5 });

  const labelsOf = async (epoch: number, from: number): Promise<number[][]> => {
    const found: number[][] = [];
    for await (const batch of mixed(mixup({ classes: 2 })).batches(epoch, from)) {
      found.push([...batch.ys.dataSync()]);
      disposeBatch(batch);
    }
    return found;
  };

  test('are the same from any place of the run on, and others in the next epoch', async () => {
    const whole = await labelsOf(0, 0);
    expect(whole).toHaveLength(5);
    expect(await labelsOf(0, 2)).toEqual(whole.slice(2));
    expect(await labelsOf(1, 0)).not.toEqual(whole);
  });

  test.each([mixup({ classes: 2 }), cutmix({ classes: 2 })])('train, and leave no tensor behind', async (mix) => {
    const model = sequential({ layers: [layers.flatten({ inputShape: [SIDE, SIDE, 1] }), layers.dense({ units: 2 })] });
    const before = tf.memory().numTensors;
    const { history } = await train({ model, loss: softmaxCrossEntropy, transform: adam(), batches: mixed(mix), epochs: 2, seed: 1 });
    expect(history).toHaveLength(2);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test('leave nothing behind where the labels do not fit', async () => {
    const before = tf.memory().numTensors;
    await expect(async () => {
      for await (const _ of mixed(mixup()).batches(0)) expect.fail('there is none');
    }).rejects.toThrow(/`classes` must be given/);
    expect(tf.memory().numTensors).toBe(before);
  });
});
