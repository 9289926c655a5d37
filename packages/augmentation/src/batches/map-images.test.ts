import * as data from '@tensorflow/tfjs-data';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { compose, flip, mapImages, translate, type MapImagesOptions } from '../index.ts';

const IMAGES = 10;
const pipeline = compose([translate({ x: 0.3, y: 0.3 }), flip()], { seed: 4 });

const image = (i: number): tf.Tensor3D =>
  tf.tensor3d(
    Array.from({ length: 48 }, (_, j) => ((7 * i + j) % 49) / 49),
    [4, 4, 3],
  );

interface Example {
  readonly xs: tf.Tensor;
  readonly ys: tf.Tensor;
}

/** Images and labels that do not end with a whole batch of three. */
const dataset = (): data.Dataset<Example & tf.TensorContainerObject> =>
  data.generator<Example & tf.TensorContainerObject>(function* () {
    for (let i = 0; i < IMAGES; i++) yield { xs: image(i), ys: tf.tensor1d([i % 2]) };
  });

/** The images of an epoch, one after the other. */
async function epochOf(source: data.Dataset<Example & tf.TensorContainerObject>): Promise<number[][]> {
  const found: number[][] = [];
  await source.forEachAsync(({ xs, ys }) => {
    const values = [...xs.dataSync()];
    for (let i = 0; i < values.length; i += 48) found.push(values.slice(i, i + 48));
    tf.dispose([xs, ys]);
  });
  return found;
}

const batched = (size: number, options?: MapImagesOptions): data.Dataset<Example & tf.TensorContainerObject> =>
  (dataset().batch(size) as ReturnType<typeof dataset>).map(mapImages(pipeline, options));

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('mapImages in a data set of tfjs-data', () => {
  test('augments as the pipeline does, whatever the batch size, other images in each epoch, and leaves nothing behind', async () => {
    const tensors = tf.memory().numTensors;
    const source = batched(3);
    const [first, second] = [await epochOf(source), await epochOf(source)];
    expect(first).toHaveLength(IMAGES);
    expect(tf.memory().numTensors).toBe(tensors);
    const expected = tf.tidy(() => {
      const all = tf.stack(Array.from({ length: 2 * IMAGES }, (_, i) => image(i % IMAGES))) as tf.Tensor4D;
      return tf.unstack(pipeline.apply(all)).map((view) => [...view.dataSync()]);
    });
    expect([...first, ...second]).toEqual(expected);
    expect(await epochOf(batched(4))).toEqual(first);
    expect(await epochOf(dataset().map(mapImages(pipeline)))).toEqual(first); // image by image
  });

  test('goes on where another run ended', async () => {
    const source = batched(3);
    await epochOf(source);
    expect(await epochOf(batched(5, { seen: IMAGES }))).toEqual(await epochOf(source));
  });

  test('feeds model.fitDataset', async () => {
    const model = sequential({ layers: [layers.flatten({ inputShape: [4, 4, 3] }), layers.dense({ units: 1 })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await model.fitDataset(batched(3), { epochs: 1, verbose: 0 });
    const tensors = tf.memory().numTensors;
    await model.fitDataset(batched(3), { epochs: 2, verbose: 0 });
    expect(tf.memory().numTensors).toBe(tensors);
    model.dispose();
  });

  test('takes elements that are images, and leaves labels as they are', () => {
    tf.tidy(() => {
      const images = tf.stack([image(1), image(2)]) as tf.Tensor4D;
      const ys = [1, 2];
      const augment = mapImages(pipeline);
      expect([...augment(images).dataSync()]).toEqual([...pipeline.apply(images).dataSync()]);
      const element = augment({ xs: images, ys });
      expect(element.ys).toBe(ys);
      expect([...element.xs.dataSync()]).toEqual([...pipeline.apply(images, { samples: [2, 3] }).dataSync()]);
    });
  });

  test.each([
    ['an element without images', () => mapImages(pipeline)({ image: 1 }), '`xs`'],
    ['null', () => mapImages(pipeline)(null), '`xs`'],
    ['a count that is none', () => mapImages(pipeline, { seen: -1 }), '`seen`'],
  ])('refuses %s', (_, call: () => unknown, text) => {
    expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(text) as string }));
  });

  test('does not count images that were refused, and leaves nothing behind', () => {
    const good = tf.tidy(() => tf.expandDims<tf.Tensor4D>(image(1)));
    const bad = tf.mul(good, Number.NaN);
    const augment = mapImages(pipeline);
    const tensors = tf.memory().numTensors;
    expect(() => augment(bad)).toThrow(expect.objectContaining({ code: 'non-finite' }));
    expect(tf.memory().numTensors).toBe(tensors);
    const [found, expected] = [augment(good), pipeline.apply(good)];
    expect([...found.dataSync()]).toEqual([...expected.dataSync()]);
    tf.dispose([good, bad, found, expected]);
  });
});
