import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adam } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, softmaxCrossEntropy, train, weightsHash, type Hook } from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { drive, readEvents, readJsonLines, type Sink } from '../index.ts';
import { htmlReportFile, jsonLinesFile, tensorBoardFolder } from '../node.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'training-'))));
afterEach(() => rmSync(folder, { recursive: true }));
let tensors = 0;
beforeAll(async () => {
  await setBackend('cpu');
  tensors = memory().numTensors;
});
afterAll(() => expect(memory().numTensors).toBe(tensors));

/** Three clouds of points, learned in 24 steps; the hash of the weights, and how often a sink had a problem. */
async function trained(sinks: readonly Sink[]): Promise<{ hash: string; losses: number[]; problems: string[] }> {
  const problems: string[] = [];
  const driver = drive(sinks, ({ sink, error }) => problems.push(`${sink.name}: ${error.code}`));
  const losses: number[] = [];
  const hook: Hook = {
    kind: 'hook',
    name: 'loss',
    onStart: () => driver.open({ name: 'clouds', settings: { optimizer: 'adam' } }),
    onStep({ loss, step, epoch }) {
      losses.push(loss);
      void driver.write([{ kind: 'scalar', name: 'loss', value: loss, step, epoch }]); // the run does not wait
    },
    onEnd: () => driver.close(),
  };
  const values = Float32Array.from({ length: 48 * 4 }, (_, i) => Math.sin(i * 12.9898) + (i % 4 === Math.floor(i / 4) % 3 ? 2 : 0));
  const data = { xs: { values, shape: [4] }, ys: { values: Int32Array.from({ length: 48 }, (_, i) => i % 3), shape: [] } };
  const model = sequential({ layers: [layers.dense({ units: 8, inputShape: [4], activation: 'relu' }), layers.dense({ units: 3 })] });
  seedModel(model, 1);
  const rule = optimizer(adam({ learningRate: 0.02 }));
  await train({
    model,
    optimizer: rule,
    loss: softmaxCrossEntropy,
    batches: batches(data, { batchSize: 8, shuffle: 1 }),
    epochs: 4,
    hooks: [hook],
  });
  const hash = await weightsHash(model);
  rule.dispose();
  model.dispose();
  return { hash, losses, problems };
}

test('a run that is logged everywhere ends with the weights of one that is not, and each log has every step', async () => {
  const [lines, events, page] = ['readings.jsonl', 'tensorboard', 'report.html'].map((name) => join(folder, 'run', name)) as [
    string,
    string,
    string,
  ];
  const plain = await trained([]);
  const logged = await trained([jsonLinesFile(lines), tensorBoardFolder(events), htmlReportFile(page)]);
  expect(logged).toEqual(plain);
  expect(logged.losses).toHaveLength(24);
  expect(logged.losses.at(-1)).toBeLessThan(logged.losses[0]! / 2);

  const { readings } = readJsonLines(readFileSync(lines, 'utf8'));
  expect(readings.map((reading) => reading.kind === 'scalar' && reading.value)).toEqual(logged.losses);
  const [file = ''] = readdirSync(events);
  const values = readEvents(readFileSync(join(events, file))).events.flatMap(({ values }) => values);
  expect(values.flatMap((value) => (value.kind === 'scalar' ? value.value : []))).toEqual(logged.losses.map(Math.fround));
  expect(readFileSync(page, 'utf8')).toContain('<h1>clouds</h1>');
});

test('where no log can be written, training goes on to the same weights with one problem a log', async () => {
  writeFileSync(join(folder, 'file'), '');
  const paths = ['a.jsonl', 'tensorboard', 'report.html'].map((name) => join(folder, 'file', name)) as [string, string, string];
  const { hash, problems } = await trained([jsonLinesFile(paths[0]), tensorBoardFolder(paths[1]), htmlReportFile(paths[2])]);
  expect(hash).toBe((await trained([])).hash);
  expect(problems.toSorted()).toEqual(paths.map((path) => `${path}: write-failed`).toSorted());
});
