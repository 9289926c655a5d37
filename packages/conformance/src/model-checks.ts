import type { Transform } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import { savedAndLoaded } from './saved-model.ts';
import { digitModel, digitTensors } from './softmax-regression.ts';
import { isSaveable } from './trial.ts';

/** What {@link testTransform} asks of a transform in a model of tfjs-layers, by title. */
export function modelChecks(make: () => Transform): Record<string, () => Promise<void>> {
  return {
    'works in model.fit, with metrics': () =>
      onDigits(make, async (model, fit) => {
        const { history } = await fit(2);
        expect(history['loss']?.length, 'losses of 2 epochs').toBe(2);
        for (const [metric, values] of Object.entries(history))
          expect(
            values.filter((value) => !Number.isFinite(value)),
            `numbers of '${metric}' that are not finite`,
          ).toEqual([]);
        const before = tf.memory().numTensors;
        await fit(1);
        expect(tf.memory().numTensors, 'tensors after one more epoch').toBe(before);
        const [x, y] = digitTensors();
        const report = await model.trainOnBatch(x, y);
        tf.dispose([x, y]);
        expect([report].flat().length, `numbers that trainOnBatch returns: ${Object.keys(history).join(', ')}`).toBe(
          Object.keys(history).length,
        );
      }),

    ...(isSaveable(make())
      ? {
          'goes on with the same bits after its model was saved and loaded': () =>
            onDigits(make, async (model, fit) => {
              await fit(1);
              const loaded = await savedAndLoaded(model, true);
              try {
                await fit(1);
                await fitted(loaded, 1);
                expect(weightsOf(loaded), 'weights after an epoch, of a model that was loaded, against one that was not').toEqual(
                  weightsOf(model),
                );
              } finally {
                loaded.dispose();
                loaded.optimizer.dispose();
              }
            }),
        }
      : {}),
  };
}

type Fit = (epochs: number) => ReturnType<typeof fitted>;

async function fitted(model: LayersModel, epochs: number): Promise<{ readonly history: Readonly<Record<string, number[]>> }> {
  const [x, y] = digitTensors();
  try {
    const { history } = await model.fit(x, y, { batchSize: 50, epochs, shuffle: false, verbose: 0 });
    return { history: history as Record<string, number[]> };
  } finally {
    tf.dispose([x, y]);
  }
}

/** Tries a transform on a model of the digits, and leaves nothing behind. */
async function onDigits<T>(make: () => Transform, body: (model: LayersModel, fit: Fit) => Promise<T>): Promise<T> {
  await tf.setBackend('cpu');
  const model = digitModel();
  model.compile({ optimizer: optimizer(make()), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  try {
    return await body(model, (epochs) => fitted(model, epochs));
  } finally {
    model.optimizer.dispose();
    model.dispose();
  }
}

const weightsOf = (model: LayersModel): readonly (readonly number[])[] =>
  model.weights.map((weight) => [...(weight.read().dataSync() as Float32Array)]);
