import { examplesIn, runExample } from '@downhill/config/examples';
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
const scope = { ...core, ...tfjs, ...training, ...ensembles, ...ofNode, tf };
const examples = examplesIn(import.meta.dirname);

describe('examples', () => {
  beforeAll(() => tf.setBackend('cpu'));
  afterAll(() => tf.disposeVariables());

  test.each(examples)('the example in $file gives what it says', async ({ code }) => {
    tf.disposeVariables();
    expect(await runExample(code, scope, (found, promised) => expect(found).toEqual(promised))).toBeGreaterThan(0);
  });

  test('every function that is exported has one', () => {
    const shown = examples.map(({ code }) => code).join('\n');
    for (const name of Object.keys({ ...ensembles, ...ofNode })) expect(shown).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
