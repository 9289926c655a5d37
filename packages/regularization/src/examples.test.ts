import { examplesIn, runExample } from '@downhill/config/examples';
import * as core from '@downhill/core';
import * as tfjs from '@downhill/tfjs';
import * as training from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import * as tfCore from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as regularization from './index.ts';
import * as ofLayers from './layers.ts';

// The examples in the docstrings run as they stand: each `expression; // value` must give that value.
const tf = { ...tfCore, ...tfLayers };
const scope = { ...core, ...tfjs, ...training, ...regularization, ...ofLayers, tf };
const examples = examplesIn(import.meta.dirname);

describe('examples', () => {
  beforeAll(() => tf.setBackend('cpu').then(() => tf.engine().startScope()));
  afterAll(() => tf.engine().endScope());

  test.each(examples)('the example in $file gives what it says', async ({ code }) => {
    expect(await runExample(code, scope, (found, promised) => expect(found).toEqual(promised))).toBeGreaterThan(0);
  });

  test('every function that is exported has one', () => {
    const shown = examples.map(({ code }) => code).join('\n');
    for (const name of Object.keys({ ...regularization, ...ofLayers })) expect(shown).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
