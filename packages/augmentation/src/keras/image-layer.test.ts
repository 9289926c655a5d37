import '@tensorflow/tfjs-backend-cpu';
import type { Augmentation } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { equalize } from '../operations/equalize.ts';
import { KerasImageLayer } from './image-layer.ts';

/** A layer whose operation has no gradient by the images. */
class Equalization extends KerasImageLayer {
  static get className(): string {
    return 'TestEqualization';
  }
  protected readonly operations: readonly Augmentation[] = [equalize()];

  constructor() {
    super({});
  }
}

function fit(...parts: layers.Layer[]): { readonly model: LayersModel; readonly fitted: Promise<unknown> } {
  const model = sequential({
    layers: [layers.inputLayer({ inputShape: [4, 4, 1] }), ...parts, layers.flatten(), layers.dense({ units: 1 })],
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  return { model, fitted: model.fit(tf.ones([2, 4, 4, 1]), tf.ones([2, 1]), { verbose: 0 }) };
}

const conv = (): layers.Layer => layers.conv2d({ filters: 1, kernelSize: 1, kernelInitializer: 'ones' });

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

test('a layer before all weights is not asked for a gradient', async () => {
  await expect(fit(new Equalization()).fitted).resolves.toBeDefined();
});

test('one behind weights is, and says where it knows none, before a weight has changed', async () => {
  const { model, fitted } = fit(conv(), new Equalization());
  await expect(fitted).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('equalize') as string }),
  );
  expect([...model.layers[1]!.weights[0]!.read().dataSync()]).toEqual([1]);
});

test('one behind weights that do not train is not', async () => {
  const still = conv();
  still.trainable = false;
  await expect(fit(still, new Equalization()).fitted).resolves.toBeDefined();
});
