import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@downhill/core';
import * as optimizers from '@downhill/optimizers';
import * as schedulers from '@downhill/schedulers';
import * as tfjs from '@downhill/tfjs';
import * as training from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import * as tfCore from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as diagnostics from './index.ts';
import * as ofLayers from './layers.ts';
import * as ofNode from './node.ts';
import * as ofReport from './report.ts';

// The examples in the docstrings run as they stand: each `expression; // value` must give that value.
const tf = { ...tfCore, ...tfLayers };
const runFolder = mkdtempSync(join(tmpdir(), 'examples-'));
const entries = { ...diagnostics, ...ofLayers, ...ofNode, ...ofReport };
const scope = { ...core, ...tfjs, ...training, ...optimizers, ...schedulers, ...entries, runFolder, tf, expect };
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.includes('.test'),
);
const examplesOf = (text: string): string[] =>
  [...text.matchAll(/@example\n((?: \* (?!@).*\n| \*\n)+)/g)].map(([, block = '']) => block.replaceAll(/^ \* ?/gm, '').trim());
const examples = files.flatMap((file) =>
  examplesOf(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')).map((code) => ({ file, code })),
);

const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<void>;

describe('examples', () => {
  beforeAll(() => tf.setBackend('cpu').then(() => tf.engine().startScope()));
  afterAll(() => {
    tf.engine().endScope();
    rmSync(runFolder, { recursive: true });
  });

  test.each(examples)('the example in $file gives what it says', async ({ code }) => {
    const promises = [...code.matchAll(/^(.+); +\/\/ (.+)$/gm)];
    expect(promises.length).toBeGreaterThan(0);
    const checked = code.replaceAll(/^(.+); +\/\/ (.+)$/gm, (_, call: string, value: string) => `expect(${call}).toEqual(${value});`);
    await new AsyncFunction(...Object.keys(scope), `{${checked}}`)(...Object.values(scope));
  });

  test('every function that is exported has one', () => {
    const shown = examples.map(({ code }) => code).join('\n');
    const functions = Object.entries(entries).filter(([, value]) => typeof value === 'function');
    for (const [name] of functions) expect(shown).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
