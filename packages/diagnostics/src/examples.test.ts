import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examplesIn, runExample } from '@downhill/config/examples';
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
const scope = { ...core, ...tfjs, ...training, ...optimizers, ...schedulers, ...entries, runFolder, tf };
const examples = examplesIn(import.meta.dirname);

describe('examples', () => {
  beforeAll(() => tf.setBackend('cpu').then(() => tf.engine().startScope()));
  afterAll(() => {
    tf.engine().endScope();
    rmSync(runFolder, { recursive: true });
  });

  test.each(examples)('the example in $file gives what it says', async ({ code }) => {
    expect(await runExample(code, scope, (found, promised) => expect(found).toEqual(promised))).toBeGreaterThan(0);
  });

  test('every function that is exported has one', () => {
    const shown = examples.map(({ code }) => code).join('\n');
    const functions = Object.entries(entries).filter(([, value]) => typeof value === 'function');
    for (const [name] of functions) expect(shown).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
