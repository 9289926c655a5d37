import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonLinesFile, saveOutcome } from '@downhill/diagnostics/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeRunsPage } from './write-runs-page.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'runs-page-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function train(name: string): Promise<void> {
  const sink = jsonLinesFile(join(folder, name, 'readings.jsonl'));
  await sink.open?.({ name, settings: { optimizer: 'adamw', seed: name.length } });
  await sink.write([{ kind: 'scalar', name: 'loss', value: 0.5, step: 1, epoch: 0 }]);
  saveOutcome(join(folder, name), { ends: { 'test accuracy': 0.9 } });
}

test('the page holds every run of the folder and of the folders in it', async () => {
  await train('first');
  await train(join('more', 'second'));
  const { path, runs, problems } = writeRunsPage(folder);
  expect([path, runs, problems]).toEqual([join(folder, 'index.html'), 2, []]);
  const page = readFileSync(path, 'utf8');
  for (const part of ['first', join('more', 'second'), 'test accuracy', 'optimizer']) expect(page).toContain(part);
});

test('a run that is cut short is on the page with what is whole, and told', async () => {
  await train('killed');
  appendFileSync(join(folder, 'killed', 'readings.jsonl'), '{"kind":"sca');
  const { runs, problems } = writeRunsPage(folder);
  expect(runs).toBe(1);
  expect(problems.map(({ code }) => code)).toEqual(['data-invalid']);
});

test('says where there is no folder, or no run in it', () => {
  mkdirSync(join(folder, 'empty'));
  expect(() => writeRunsPage(join(folder, 'empty'))).toThrow(/no folder in .* has a readings\.jsonl\. Train first/);
  expect(() => writeRunsPage(join(folder, 'missing'))).toThrow(/`root` must be a folder, and there is none at/);
});
