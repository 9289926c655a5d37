import { examplesIn, runExample } from '@downhill/config/examples';
import { withoutTypes } from '@downhill/config/without-types';
import * as core from '@downhill/core';
import * as optimizers from '@downhill/optimizers';
import * as adapter from '@downhill/tfjs';
import * as adapterLayers from '@downhill/tfjs/layers';
import * as training from '@downhill/training';
import * as trainingLayers from '@downhill/training/layers';
import { fileStore } from '@downhill/training/node';
import * as kernels from '@downhill/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

// The examples in the docstrings run as they stand: each `expression; // value` must give that value.
const ROOT = join(import.meta.dirname, '../../../packages');
const PACKAGES = ['core', 'tfjs', 'training', 'wasm-kernels'];

const examples = PACKAGES.flatMap((name) =>
  examplesIn(join(ROOT, name, 'src')).map(({ file, code }) => ({ file: `${name}/${file}`, code })),
);

/** What the examples take for granted. */
function given(): Record<string, unknown> {
  const model = sequential({ layers: [layers.flatten({ inputShape: [2, 2, 1] }), layers.dense({ units: 3 })] });
  model.compile({ loss: 'meanSquaredError', optimizer: adapter.optimizer(optimizers.adamw()) });
  const pixels = Uint8Array.from({ length: 28 * 28 * 64 }, (_, i) => i % 256);
  const labels = Int32Array.from({ length: 64 }, (_, i) => i % 3);
  const images = Float32Array.from({ length: 4 * 64 }, (_, i) => (i % 7) / 7);
  const data = { xs: { values: images, shape: [2, 2, 1] }, ys: { values: labels, shape: [] } };
  const folder = mkdtempSync(join(tmpdir(), 'downhill-'));
  return {
    model,
    pixels,
    labels,
    data,
    xs: tf.ones([8, 2, 2, 1]),
    ys: tf.ones([8, 3]),
    layer: 1,
    step: 2,
    fileStore: (path: string) => fileStore(join(folder, path)),
  };
}

describe('the example in', () => {
  beforeAll(async () => {
    await useBackend('wasm');
    adapter.register({ adamw: optimizers.adamw });
  });

  test.each(examples)('$file works', async ({ code }) => {
    const scope = {
      ...core,
      ...optimizers,
      ...kernels,
      ...training,
      ...trainingLayers,
      ...adapterLayers,
      ...adapter,
      tf,
      ...given(),
    };
    await runExample(withoutTypes(code), scope, (found, promised) => expect(found).toEqual(promised));
  });
});

test('each package has examples', () => {
  for (const name of PACKAGES) expect(examples.filter(({ file }) => file.startsWith(`${name}/`)).length, name).toBeGreaterThan(0);
});
