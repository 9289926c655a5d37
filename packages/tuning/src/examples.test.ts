import { examplesIn, runExample } from '@downhill/config/examples';
import * as core from '@downhill/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import * as tuning from './index.ts';
import * as ofNode from './node.ts';
import * as ofRedis from './redis.ts';
import * as report from './report.ts';

// The examples in the docstrings run as they stand: each `expression; // value` must give that value.
const scope = { mkdtemp, rm, writeFile, ...core, ...tuning, ...ofNode, ...ofRedis, ...report };
const examples = examplesIn(import.meta.dirname);

describe('examples', () => {
  test.each(examples)('the example in $file gives what it says', async ({ code }) => {
    expect(await runExample(code, scope, (found, promised) => expect(found).toEqual(promised))).toBeGreaterThan(0);
  });

  test('every function that is exported has one', () => {
    const shown = examples.map(({ code }) => code).join('\n');
    for (const name of Object.keys({ ...tuning, ...ofNode, ...ofRedis, ...report })) expect(shown).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
