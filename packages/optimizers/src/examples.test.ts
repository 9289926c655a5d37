import { readFileSync } from 'node:fs';
import { examplesIn, runExample } from '@downhill/config/examples';
import { testTransform } from '@downhill/conformance';
import * as core from '@downhill/core';
import * as tfjs from '@downhill/tfjs';
import { layerGroups } from '@downhill/tfjs/layers';
import '@tensorflow/tfjs-backend-cpu';
import * as tfCore from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { signum } from '../test/signum.ts';
import { walkOne } from '../test/walk.ts';
import * as optimizers from './index.ts';

// The examples in the docstrings and the README’s blocks run as they stand: each `expression; // value` must give that value.
const scope = { ...core, ...tfjs, ...optimizers, layerGroups, tf: { ...tfCore, ...tfLayers } };
const read = (file: string): string => readFileSync(`${import.meta.dirname}/${file}`, 'utf8');

const readme = read('../README.md');
const blocks = [...readme.matchAll(/```ts\n([^`]*)```/g)].map(([, block = '']) => block);
const examples = [
  ...examplesIn(import.meta.dirname),
  ...blocks.filter((block) => !block.includes('export')).map((code, i) => ({ file: `the README, block ${i + 1}`, code })),
];

describe('examples', () => {
  beforeAll(() => tfCore.setBackend('cpu').then(() => undefined));

  test.each(examples)('the example in $file gives what it says', async ({ code }) => {
    expect(await runExample(code, scope, (found, promised) => expect(found).toEqual(promised))).toBeGreaterThan(0);
  });

  test('every rule has one', () => {
    const { chain: _chain, everySteps: _every, masked: _masked, kernelsOnly: _group, ...rules } = optimizers;
    const exampled = examples.filter(({ file }) => file.endsWith('.ts')).map(({ code }) => /= (\w+)\(/.exec(code)?.[1]);
    expect(new Set(exampled)).toEqual(new Set(Object.keys(rules)));
  });

  test('the README lists every rule', () => {
    for (const name of Object.keys(optimizers)) expect(readme).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

testTransform('signum', () => signum(), { factories: { signum } });

describe('the README’s rule of one’s own', () => {
  test('is the one that is tested here', () => {
    expect(blocks).toContain(read('../test/signum.ts'));
  });

  test('goes by the sign of the momentum', async () => {
    // m: 0.5 · 3, then 0.75 − 0.5 · 1 = 0.25.
    expect(await walkOne(optimizers.chain(signum({ momentum: 0.5 }), optimizers.scaleByLearningRate(0.5)), 0, [3, -1, -1])).toEqual([
      -0.5, -1, -0.5,
    ]);
  });
});
