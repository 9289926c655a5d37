// What the tests hand to worker threads: a small net on the wasm backend, and ways to go wrong.
import { adamw } from '@downhill/optimizers';
import { batches, softmaxCrossEntropy, train, type ArrayData } from '@downhill/training';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { MemberTask } from '../src/training/member-task.ts';
import { takeFeatures } from '../src/training/take-features.ts';
import { takeRows } from '../src/training/take-rows.ts';

await tf.setBackend('wasm');

export interface TestSettings {
  readonly epochs: number;
  /** The member that fails, and how. */
  readonly fails?: { readonly index: number; readonly by: 'throwing' | 'exit' };
}

/** Three classes of points in four dimensions. */
export const points: ArrayData = {
  xs: {
    values: Float32Array.from({ length: 240 }, (_, i) => Math.sin(i * 12.9898) + (i % 4 === Math.floor(i / 4) % 3 ? 1 : 0)),
    shape: [4],
  },
  ys: { values: Int32Array.from({ length: 60 }, (_, i) => i % 3), shape: [] },
};

export const net = (inputs = 4): Sequential =>
  sequential({ layers: [layers.dense({ units: 6, inputShape: [inputs], activation: 'tanh' }), layers.dense({ units: 3 })] });

export async function trainMember({ index, seed, rows, features, signal, checkpoints, report, data }: MemberTask): Promise<Sequential> {
  const { epochs, fails } = data as TestSettings;
  const model = net(features?.length);
  const sampled = rows === undefined ? points : takeRows(points, rows);
  const source = batches(features === undefined ? sampled : takeFeatures(sampled, features), { batchSize: 10, shuffle: seed });
  await train({
    model,
    seed,
    signal,
    loss: softmaxCrossEntropy,
    transform: adamw({ learningRate: 0.02 }),
    batches: source,
    epochs,
    checkpoints: { store: checkpoints, resume: true, everySteps: 6 },
    onEvent: (event) => event.type === 'epoch' && report({ epoch: event.epoch, loss: event.metrics.loss }),
    hooks: [
      {
        kind: 'hook',
        name: 'failing',
        onEpoch() {
          if (fails?.index !== index) return;
          if (fails.by === 'throwing') throw new Error('out of luck');
          process.exit(3); // ends a worker's thread
        },
      },
    ],
  }).catch((error: unknown) => {
    model.dispose();
    throw error;
  });
  return model;
}
