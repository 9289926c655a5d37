import { adamw } from '@downhill/optimizers';
import { batches, softmaxCrossEntropy, train } from '@downhill/training';
import { digitsModel } from '@downhill/demo/recipe';
import { memory } from '@tensorflow/tfjs-core';
import { openBackend, type BackendName } from './lib/backends.ts';
import { expose } from './lib/expose.ts';
import { fetchDigits } from './lib/fetch-digits.ts';

export interface ConvnetSettings {
  readonly images: number;
  readonly batchSize: number;
  readonly epochs: number;
}

export interface ConvnetRun {
  /** Of each step. */
  readonly losses: readonly number[];
  /** How many tensors there are after each step. */
  readonly tensors: readonly number[];
  /** How many were left when all was over. */
  readonly left: number;
}

export const calls = {
  /** Trains the recipe's network. */
  train: async (backend: BackendName, { images, batchSize, epochs }: ConvnetSettings): Promise<ConvnetRun> => {
    await openBackend(backend);
    const { training } = await fetchDigits(images);
    const before = memory().numTensors;
    const [losses, tensors]: [number[], number[]] = [[], []];
    const model = digitsModel(0);
    await train({
      model,
      loss: softmaxCrossEntropy,
      transform: adamw({ learningRate: 3e-3, weightDecay: 0.05 }),
      batches: batches(training, { batchSize, shuffle: 1 }),
      epochs,
      seed: 1,
      onEvent: (event) => {
        if (event.type !== 'step') return;
        losses.push(event.loss);
        tensors.push(memory().numTensors);
      },
    });
    model.dispose();
    return { losses, tensors, left: memory().numTensors - before };
  },
};

expose(calls);
