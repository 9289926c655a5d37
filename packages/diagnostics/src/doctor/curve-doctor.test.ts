import { adam } from '@downhill/optimizers';
import { seedModel } from '@downhill/tfjs/layers';
import { accuracy, batches, memoryStore, softmaxCrossEntropy, train, type ArrayData, type Step } from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { curveDoctor, type CurveDoctor } from './curve-doctor.ts';
import type { Diagnosis } from './diagnose.ts';

/** The doctor reads the reports alone. */
const UNSEEN = {} as Step;

const position = (epoch: number): { step: number; steps: number; epoch: number; epochs: number } => ({
  step: 4 * epoch,
  steps: 80,
  epoch,
  epochs: 20,
});

/** A run whose training loss goes to 0 while the validation loss turns up at epoch 8. */
async function overfitting(doctor: CurveDoctor, epochs: number, from = 0): Promise<void> {
  for (let epoch = from; epoch < epochs; epoch++) {
    await doctor.onStep?.(
      {
        ...position(epoch),
        step: 4 * epoch + 1,
        loss: epoch === 0 ? 2.35 : 1,
        scalars: { learningRate: 0.01 },
        metrics: {},
        examples: 8,
      },
      UNSEEN,
    );
    const metrics = {
      loss: 2 * 0.7 ** epoch,
      accuracy: 1 - 0.8 * 0.7 ** epoch,
      val_loss: 2 * 0.65 ** epoch + 0.4 + 0.04 * epoch,
      val_accuracy: 0.75 - 0.5 * 0.7 ** epoch,
    };
    await doctor.onEpoch?.({ ...position(epoch + 1), metrics });
  }
}

const options = { classes: 10, lossFunction: 'crossEntropy' } as const;

describe('the curve doctor as a hook', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('tells of a finding once, when it has become sure of it', async () => {
    const told: [string, number][] = [];
    const doctor = curveDoctor({ ...options, onFinding: ({ finding }, { epoch }) => told.push([finding, epoch]) });
    await overfitting(doctor, 20);
    await doctor.onEnd?.(position(20));
    expect(told.map(([finding]) => finding)).toEqual(['overfitting']);
    expect(told[0]?.[1]).toBeLessThan(20);
  });

  test('keeps a healthy run to the end', async () => {
    const told: [string, number][] = [];
    const doctor = curveDoctor({ ...options, onFinding: ({ finding }, { epoch }) => told.push([finding, epoch]) });
    for (let epoch = 0; epoch < 20; epoch++) {
      await doctor.onStep?.(
        {
          ...position(epoch),
          step: 4 * epoch + 1,
          loss: 2.3,
          scalars: { learningRate: 0.01 },
          metrics: {},
          examples: 8,
        },
        UNSEEN,
      );
      const level = 1.8 * 0.5 ** epoch + 0.1;
      await doctor.onEpoch?.({
        ...position(epoch + 1),
        metrics: { loss: level, accuracy: 1 - level / 2.2, val_loss: level + 0.02, val_accuracy: 0.99 - level / 2.2 },
      });
    }
    expect(told).toEqual([]);
    await doctor.onEnd?.(position(20));
    expect(told).toEqual([['healthy', 20]]);
  });

  test('goes on after a resume as if there had been none', async () => {
    const told: string[] = [];
    const first = curveDoctor({ ...options, onFinding: ({ finding }) => told.push(finding) });
    await overfitting(first, 18);
    const state = JSON.parse(JSON.stringify(first.saveState?.()));
    const second = curveDoctor({ ...options, onFinding: ({ finding }) => told.push(finding) });
    second.loadState?.(state);
    await overfitting(second, 20, 18);
    await second.onEnd?.(position(20));
    expect(told).toEqual(['overfitting']);
    expect(second.curves()?.trainLoss).toHaveLength(20);
  });

  test('reads a real run: losses, accuracies, the rate and the first loss', async () => {
    const values = Float32Array.from({ length: 40 * 3 }, (_, i) => Math.sin(i * 12.9898) + (i % 3 === Math.floor(i / 3) % 3 ? 2 : 0));
    const data: ArrayData = { xs: { values, shape: [3] }, ys: { values: Int32Array.from({ length: 40 }, (_, i) => i % 3), shape: [] } };
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [3] })] });
    seedModel(model, 1);
    const heard: Diagnosis[] = [];
    const doctor = curveDoctor({ classes: 3, lossFunction: 'crossEntropy', onFinding: (diagnosis) => heard.push(diagnosis) });
    const source = batches(data, { batchSize: 10, shuffle: 1 });
    const { history } = await train({
      model,
      loss: softmaxCrossEntropy,
      transform: adam({ learningRate: 0.01 }),
      batches: source,
      validation: source,
      metrics: { accuracy },
      epochs: 4,
      hooks: [doctor],
      checkpoints: { store: memoryStore() },
    });
    model.dispose();
    const curves = doctor.curves();
    expect(curves?.trainLoss).toEqual(history.map(({ metrics }) => metrics['loss']));
    expect(curves?.validationAccuracy).toEqual(history.map(({ metrics }) => metrics['val_accuracy']));
    expect(curves?.learningRate).toEqual([0.01, 0.01, 0.01, 0.01]);
    expect(curves?.initialLoss).toBeGreaterThan(0);
    expect(heard).toHaveLength(1);
  });

  test('has nothing to say of a run that ends before its first epoch', async () => {
    const doctor = curveDoctor({ onFinding: () => expect.unreachable() });
    await doctor.onEnd?.(position(0));
    expect(doctor.curves()).toBeUndefined();
  });

  test.each([
    [{ from: 0 }, '`from` must be a whole number, at least 1, got 0'],
    [{ confidence: 2 }, '`confidence` must be a finite number, at least 0 and at most 1, got 2'],
    [{ patience: 2 }, 'has no option `patience`'],
  ])('refuses %j', (wrong, message) => {
    expect(() => curveDoctor({ onFinding: () => {}, ...wrong })).toThrow(message);
  });
});
