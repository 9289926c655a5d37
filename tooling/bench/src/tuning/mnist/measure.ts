// pnpm run measure:mnist: measures data/mnist-surface.json anew, in about five minutes of one processor.
import { writeFile } from 'node:fs/promises';
import { readMnist } from '@downhill/demo/node';
import { mnist } from '@downhill/demo/recipe';
import { isDownhillError } from '@downhill/core';
import { adamw } from '@downhill/optimizers';
import { Dropout } from '@downhill/regularization/layers';
import { accuracy, batches, evaluate, softmaxCrossEntropy, train, type ArrayData } from '@downhill/training';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { useBackend } from '../../backend.ts';
import { surfaceFile } from './surface-file.ts';
import { valueAt, type Axis, type Surface } from './surface.ts';

const TRAINING = 1000;
const HELD_OUT = 2000;
const EPOCHS = 8;
const SEEDS = [1, 2, 3, 4, 5];
/** What a network that blew up is worth: that of guessing. */
const GUESSING = 0.9;

const AXES = [
  { name: 'learningRate', low: 1e-4, high: 1, log: true, places: 9 },
  { name: 'weightDecay', low: 0.01, high: 100, log: true, places: 5 },
  { name: 'dropout', low: 0, high: 0.8, log: false, places: 5 },
] as const satisfies readonly Axis[];

await useBackend('wasm');
await registerWasmTrainingKernels();
const { training, test } = mnist(await readMnist(), TRAINING);
const heldOut: ArrayData = { ...test, rows: Int32Array.from({ length: HELD_OUT }, (_, row) => row) };

const errors: number[] = [];
const [rates, decays, dropouts] = AXES.map(placesOf);
for (const learningRate of rates ?? [])
  for (const weightDecay of decays ?? [])
    for (const dropout of dropouts ?? []) {
      let sum = 0;
      for (const seed of SEEDS) sum += await errorOf({ learningRate, weightDecay, dropout }, seed);
      errors.push(sum / SEEDS.length);
      process.stderr.write(`${learningRate.toPrecision(3)} ${weightDecay.toPrecision(3)} ${dropout}: ${errors.at(-1)?.toFixed(4)}\n`);
    }

const measured =
  `MNIST, the first ${TRAINING} training pictures, error on the first ${HELD_OUT} of the test set; 784-64-10 with ReLU and dropout, adamw, ` +
  `${EPOCHS} epochs, batches of 32; mean over ${SEEDS.length} seeds, on tfjs's wasm backend`;
const surface: Surface = { measured, axes: AXES, errors: errors.map((error) => Number(error.toFixed(5))) };
await writeFile(surfaceFile, `${JSON.stringify(surface)}\n`);

function placesOf(axis: Axis): readonly number[] {
  return Array.from({ length: axis.places }, (_, place) => valueAt(axis, place));
}

/** The error of one training. */
async function errorOf(
  { learningRate, weightDecay, dropout }: { readonly learningRate: number; readonly weightDecay: number; readonly dropout: number },
  seed: number,
): Promise<number> {
  const model = network(dropout);
  try {
    await train({
      model,
      loss: softmaxCrossEntropy,
      transform: adamw({ learningRate, weightDecay }),
      batches: batches(training, { shuffle: seed }),
      epochs: EPOCHS,
      seed,
    });
    const found = await evaluate({
      model,
      loss: softmaxCrossEntropy,
      metrics: { accuracy },
      batches: batches(heldOut, { batchSize: 500, shuffle: false }),
    });
    return 1 - (found.accuracy ?? 0);
  } catch (error) {
    if (isDownhillError(error) && error.code === 'non-finite') return GUESSING;
    throw error;
  } finally {
    model.dispose();
  }
}

function network(dropout: number): LayersModel {
  return sequential({
    layers: [
      layers.flatten({ inputShape: [28, 28, 1] }),
      layers.dense({ name: 'hidden', units: 64, activation: 'relu', kernelInitializer: 'heNormal' }),
      new Dropout({ rate: dropout }),
      layers.dense({ name: 'logits', units: 10, kernelInitializer: 'glorotNormal' }),
    ],
  });
}
