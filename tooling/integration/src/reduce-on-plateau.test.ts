import { controlled, type TrainingHook } from '@downhill/core';
import { sgd } from '@downhill/optimizers';
import { reduceOnPlateau, warmup, type ReduceOnPlateau } from '@downhill/schedulers';
import { optimizer } from '@downhill/tfjs';
import { batches, meanSquaredError, memoryStore, train, weightsHash, type ArrayData, type CheckpointStore } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

/** A line with noise that no line fits: the loss stops to fall. */
const COUNT = 32;
const xs = Float32Array.from({ length: COUNT }, (_, i) => i / COUNT);
const ys = xs.map((x, i) => 2 * x + (i % 2 === 0 ? 0.3 : -0.3));
const data: ArrayData = { xs: { values: xs, shape: [1] }, ys: { values: ys, shape: [1] } };

const line = (): LayersModel => sequential({ layers: [layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });

const pauseAfter = (last: number): TrainingHook => ({
  kind: 'hook',
  name: 'pause',
  onEpoch: ({ epoch }) => (epoch === last ? 'pause' : undefined),
});

interface Run {
  readonly model: LayersModel;
  readonly plateau: ReduceOnPlateau;
  /** The rate after each epoch. */
  readonly rates: readonly number[];
}

async function run({ store, paused }: { store?: CheckpointStore; paused?: number } = {}): Promise<Run> {
  const model = line();
  const rate = controlled(0.5);
  const plateau = reduceOnPlateau(rate, { monitor: 'loss', factor: 0.5, patience: 1, threshold: 0.01, min: 0.1 });
  const rates: number[] = [];
  const watch: TrainingHook = { kind: 'hook', name: 'watch', onEpoch: () => void rates.push(rate.value) };
  await train({
    model,
    loss: meanSquaredError,
    transform: sgd({ learningRate: warmup(rate, { steps: 4 }) }),
    batches: batches(data, { batchSize: 8, shuffle: 3 }),
    epochs: 16,
    seed: 5,
    hooks: [plateau, watch, ...(paused === undefined ? [] : [pauseAfter(paused)])],
    ...(store === undefined ? {} : { checkpoints: { store, resume: true } }),
  });
  return { model, plateau, rates };
}

describe.each(['cpu', 'wasm'] as const)('reduceOnPlateau in a run, on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('lowers the rate of a plateau step by step to its floor', async () => {
    const { rates } = await run();
    expect([...new Set(rates)]).toEqual([0.5, 0.25, 0.125, 0.1]);
  });

  test.each([2, 5, 9])('goes on after a pause at epoch %d with the bits of a run that was never paused', async (paused) => {
    const straight = await run();
    const store = memoryStore();
    const first = await run({ store, paused });
    expect(first.rates).toEqual(straight.rates.slice(0, paused));
    const second = await run({ store });
    expect(second.rates).toEqual(straight.rates.slice(paused));
    expect(second.plateau.state).toEqual(straight.plateau.state);
    expect(await weightsHash(second.model)).toBe(await weightsHash(straight.model));
  });
});

describe('reduceOnPlateau in a model.fit of one’s own', () => {
  beforeAll(() => useBackend('cpu'));

  test('is told the loss at the end of each epoch, and what it sets is used from the next step on', async () => {
    const rate = controlled(0.5);
    const plateau = reduceOnPlateau(rate, { factor: 0.5, patience: 0, threshold: 0.01 });
    const model = line();
    const ours = optimizer(sgd({ learningRate: rate }));
    model.compile({ loss: 'meanSquaredError', optimizer: ours });
    const [x, y] = [tf.tensor2d(xs, [COUNT, 1]), tf.tensor2d(ys, [COUNT, 1])];
    const used: number[] = [];
    const told: number[] = [];
    await model.fit(x, y, {
      epochs: 12,
      batchSize: 8,
      shuffle: false,
      verbose: 0,
      validationData: [x, y],
      callbacks: {
        onEpochEnd: (_, logs) => {
          used.push(ours.scalars['learningRate'] ?? Number.NaN);
          plateau.report(Number(logs?.['val_loss']));
          told.push(rate.value);
        },
      },
    });
    expect(used).toEqual([0.5, ...told.slice(0, -1)]);
    expect(told.at(-1)).toBeLessThan(0.5);
    tf.dispose([x, y]);
    model.dispose();
    ours.dispose();
  });
});
