import { adamw } from '@downhill/optimizers';
import { Dropout } from '@downhill/regularization/layers';
import { batches, evaluate, softmaxCrossEntropy, split, train, weightsHash, type ArrayData, type Hook } from '@downhill/training';
import { asha, float, memoryStorage, openStudy, pruned, space, type FrozenTrial, type StudyView, type Trial } from '@downhill/tuning';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

const EPOCHS = 4;
const TRIALS = 8;
const searched = space({ learningRate: float(1e-3, 0.3, { log: true }), weightDecay: float(1e-6, 0.1, { log: true }) });
type Given = Trial<{ readonly learningRate: number; readonly weightDecay: number }>;

/** Two arcs, as points. */
function arcs(count: number): ArrayData {
  const values = Float32Array.from({ length: 2 * count }, (_, i) => {
    const angle = (Math.PI * (i >> 1)) / count;
    const upper = (i >> 1) % 2 === 0;
    return i % 2 === 0 ? Math.cos(angle) + (upper ? 0 : 1) : (upper ? 1 : -1) * Math.sin(angle) + (upper ? 0 : 0.5);
  });
  return { xs: { values, shape: [2] }, ys: { values: Int32Array.from({ length: count }, (_, i) => i % 2), shape: [] } };
}

const { training: learned, heldOut } = split(arcs(64), { share: 0.25, seed: 1 });
const validation = batches(heldOut, { batchSize: 16, shuffle: false });

const made = (): LayersModel =>
  sequential({
    layers: [layers.dense({ units: 6, activation: 'tanh', inputShape: [2] }), new Dropout({ rate: 0.1 }), layers.dense({ units: 2 })],
  });

const training = (model: LayersModel, { settings: { learningRate, weightDecay }, seed }: Pick<Given, 'settings' | 'seed'>) => ({
  model,
  loss: softmaxCrossEntropy,
  transform: adamw({ learningRate, weightDecay }),
  batches: batches(learned, { batchSize: 16, shuffle: seed }),
  validation,
  epochs: EPOCHS,
  seed,
});

/** Trains a trial; `each` is called after each step. */
const objective =
  (each: () => void = () => undefined) =>
  async (trial: Given) => {
    const model = made();
    const ends = new AbortController();
    const reporting: Hook = {
      kind: 'hook',
      name: 'reporting',
      onStep: () => each(),
      async onEpoch({ epoch, metrics }) {
        if (await trial.report(epoch, metrics['val_loss'] ?? Number.NaN)) ends.abort();
      },
    };
    try {
      await train({
        ...training(model, trial),
        hooks: [reporting],
        signal: AbortSignal.any([trial.signal, ends.signal]),
        checkpoints: { store: trial.checkpoints, resume: true, everyEpochs: 1 },
      });
      if (ends.signal.aborted) return pruned;
      trial.signal.throwIfAborted();
      await trial.setAttribute('weights', await weightsHash(model));
      return (await evaluate({ model, loss: softmaxCrossEntropy, batches: validation }))['loss'] ?? Number.NaN;
    } finally {
      model.dispose();
    }
  };

async function hashOfStraightRun(settings: Given['settings'], seed: number): Promise<string> {
  const model = made();
  await train(training(model, { settings, seed }));
  const hash = await weightsHash(model);
  model.dispose();
  return hash;
}

const open = (storage = memoryStorage()) =>
  openStudy({ space: searched, pruner: asha({ maxResource: EPOCHS, reductionFactor: 2 }), storage, seed: 4 });

const timeless = ({ trials }: StudyView): readonly Partial<FrozenTrial>[] =>
  trials.map(({ startedAt: _startedAt, endedAt: _endedAt, ...trial }) => trial);

describe('a study of trainings', () => {
  beforeAll(() => useBackend('cpu'));

  test('gives a trial that was pruned and went on the weights of one that never stopped', async () => {
    const before = tf.memory().numTensors;
    const study = await open();
    const { trials } = await study.optimize(objective(), { trials: TRIALS });
    const seed = (await (await openStudy({ space: searched, seed: 4 })).ask())?.seed ?? Number.NaN;
    const rested = trials.filter(({ state, continues }) => state === 'complete' && continues !== undefined);
    expect(rested.length).toBeGreaterThan(0);
    for (const { settings, attributes, reports } of rested) {
      expect(reports).toHaveLength(EPOCHS);
      expect(attributes['weights']).toBe(await hashOfStraightRun(settings, seed));
    }
    expect(trials.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is the same study where it is stopped again and again in the middle of an epoch', async () => {
    const whole = timeless(await (await open()).optimize(objective(), { trials: TRIALS }));
    const storage = memoryStorage();
    const study = await open(storage);
    const left = async (): Promise<number> =>
      TRIALS - (await study.view()).trials.filter(({ state, continues }) => continues === undefined && state !== 'waiting').length;
    for (const steps of [2, 5, 1, 9, 4]) {
      const controller = new AbortController();
      let taken = 0;
      const each = (): void => {
        taken += 1;
        if (taken === steps) controller.abort();
      };
      await study.optimize(objective(each), { trials: await left(), signal: controller.signal });
    }
    expect(timeless(await study.optimize(objective(), { trials: await left() }))).toEqual(whole);
  });
});
