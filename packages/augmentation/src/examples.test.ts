import { readFileSync } from 'node:fs';
import { examplesIn, runExample } from '@downhill/config/examples';
import * as core from '@downhill/core';
import * as tfCore from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import * as augmentation from './index.ts';
import * as kerasLayers from './keras-layers.ts';

// The examples in the docstrings and the README's first one run as they stand: each `expression; // value` must give that value.
const tf = { ...tfCore, ...tfLayers };
const scope = { ...core, ...augmentation, ...kerasLayers, tf };

const readme = /```ts\n(?:import .*\n)+([^`]*)```/.exec(readFileSync(`${import.meta.dirname}/../README.md`, 'utf8'))?.[1] ?? '';
const examples = examplesIn(import.meta.dirname);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.each([...examples, { file: 'the README', code: readme }])('the example in $file gives what it says', async ({ code }) => {
  tf.engine().startScope();
  expect(await runExample(code, scope, (found, promised) => expect(found).toEqual(promised))).toBeGreaterThan(0);
  tf.engine().endScope();
});

test('every operation has an example', () => {
  const exampled = new Set(examples.map(({ code }) => /= (\w+)\(/.exec(code)?.[1]));
  const operations = Object.entries(augmentation).filter(
    ([name, item]) => typeof item === 'function' && !/Space$|Of$|Box$|Draws$/.test(name),
  );
  expect(operations.map(([name]) => name).filter((name) => !exampled.has(name))).toEqual([]);
});

test('every layer has one, and so has registerKerasLayers', () => {
  const shown = examples.map(({ code }) => code).join('\n');
  for (const name of Object.keys(kerasLayers)) expect(shown).toMatch(new RegExp(`(new )?\\b${name}\\(`));
});
