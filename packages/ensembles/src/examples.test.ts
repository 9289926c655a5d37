import { readdirSync, readFileSync } from 'node:fs';
import * as core from '@downhill/core';
import * as tfjs from '@downhill/tfjs';
import * as training from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import * as tfCore from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as ensembles from './index.ts';
import * as ofNode from './node.ts';

// The examples in the docstrings run as they stand: each `expression; // value` must give that value.
const tf = { ...tfCore, ...tfLayers };
const scope = { ...core, ...tfjs, ...training, ...ensembles, ...ofNode, tf, expect };
const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<void>;
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.includes('.test'),
);
const examplesOf = (text: string): string[] =>
  [...text.matchAll(/@example\n((?: \* (?!@).*\n| \*\n)+)/g)].map(([, block = '']) => block.replaceAll(/^ \* ?/gm, '').trim());
const examples = files.flatMap((file) =>
  examplesOf(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')).map((code) => ({ file, code })),
);

describe('examples', () => {
  beforeAll(() => tf.setBackend('cpu'));
  afterAll(() => tf.disposeVariables());

  test.each(examples)('the example in $file gives what it says', async ({ code }) => {
    const promises = [...code.matchAll(/^(.+); +\/\/ (.+)$/gm)];
    expect(promises.length).toBeGreaterThan(0);
    const checked = code.replaceAll(/^(.+); +\/\/ (.+)$/gm, (_, call: string, value: string) => `expect(${call}).toEqual(${value});`);
    tf.disposeVariables();
    await new AsyncFunction(...Object.keys(scope), `{${checked}}`)(...Object.values(scope));
  });

  test('every function that is exported has one', () => {
    const shown = examples.map(({ code }) => code).join('\n');
    for (const name of Object.keys({ ...ensembles, ...ofNode })) expect(shown).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
