import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { io, ones, zeros } from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { batches, softmaxCrossEntropy } from '@downhill/training';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { read } from './documents.ts';
import { runReadme } from './run-readme.ts';
import { useBackend } from './use-backend.ts';

// All code of a README runs as it stands, and prints what its comments promise. That of optimizers, schedulers and conformance is run beside them.

const REPORTS = join(import.meta.dirname, '../reports'); // within the project, so that modules which are written there find the packages
mkdirSync(REPORTS, { recursive: true });
const folder = mkdtempSync(join(REPORTS, 'readmes-'));
const before = { folder: process.cwd(), execArgv: process.execArgv };

beforeAll(() => {
  process.chdir(folder);
  // Worker threads read our packages from the sources, too.
  const reader = new URL('../../../packages/tuning/test/register-tsx.js', import.meta.url).href;
  process.execArgv = ['--import', reader, '--conditions=@downhill/source'];
});

afterAll(() => {
  process.chdir(before.folder);
  process.execArgv = before.execArgv;
  rmSync(folder, { recursive: true });
});

/** A model of Keras with a random image layer, as a file would hold it. */
const kerasModel = {
  class_name: 'Sequential',
  config: {
    name: 'from_keras',
    layers: [{ class_name: 'RandomFlip', config: { name: 'flip', batch_input_shape: [null, 4, 4, 3], mode: 'horizontal', seed: 1 } }],
  },
};

const classifier = (units: number) => sequential({ layers: [layers.dense({ units, inputShape: [4] })] });

/** What the text of a README takes for granted. */
const GIVEN: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  augmentation: () => ({
    boxes: [[[1, 1, 4, 4]], [[2, 2, 3, 3]]],
    keypoints: [
      [
        [1, 1],
        [2, 1],
        [3, 1],
      ],
      [
        [4, 4],
        [5, 4],
        [6, 4],
      ],
    ],
    masks: zeros([2, 32, 32, 1], 'int32'),
    classes: [['cat'], ['dog']],
  }),
  diagnostics: () => ({
    history: { loss: [2, 1, 0.5], val_loss: [2, 1.1, 0.7], acc: [0.2, 0.6, 0.8], val_acc: [0.2, 0.5, 0.7] },
    learningRate: [0.1, 0.1, 0.1],
    initialLoss: 2.3,
  }),
  ensembles: () => ({ network: classifier(3), graphModel: classifier(3), images: ones([5, 4]) }),
  tuning: () => ({
    makeModel: () => classifier(2),
    task: {
      loss: softmaxCrossEntropy,
      batches: batches(
        { xs: { values: new Float32Array(32), shape: [4] }, ys: { values: new Int32Array(8), shape: [] } },
        { batchSize: 4, shuffle: 7 },
      ),
      epochs: 2,
    },
  }),
};

/** Where a README loads a model out of a file. */
const LOADS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  augmentation: {
    loadLayersModel: () => loadLayersModel(io.fromMemory({ modelTopology: kerasModel, weightSpecs: [], weightData: new ArrayBuffer() })),
  },
  ensembles: { loadLayersModel: async () => sequential({ layers: [layers.dense({ units: 3, inputShape: [4], activation: 'softmax' })] }) },
};

test.each(['core', 'tfjs', 'wasm-kernels', 'training', 'regularization', 'augmentation', 'ensembles', 'diagnostics', 'tuning'])(
  'the code in the README of %s runs',
  async (name) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    await useBackend('cpu');
    const lines = await runReadme(read(`packages/${name}/README.md`), {
      given: GIVEN[name]?.() ?? {},
      instead: LOADS[name] ?? {},
      elsewhere: '@downhill/tuning/redis', // by the package's own tests, where there is a Redis
      folder,
    });
    log.mockRestore();
    for (const { printed, promised } of lines) expect(printed).toMatch(promised);
  },
);
