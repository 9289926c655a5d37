import { readFileSync } from 'node:fs';
import { examplesIn, runExample } from '@downhill/config/examples';
import * as core from '@downhill/core';
import { expect, test } from 'vitest';
import * as schedulers from './index.ts';

// The examples in the docstrings and the README’s first one run as they stand: each `expression; // value` must give that value.
const scope = { ...core, ...schedulers };

const readme = /```ts\nimport .*\n([^`]*)```/.exec(readFileSync(`${import.meta.dirname}/../README.md`, 'utf8'))?.[1] ?? '';
const examples = examplesIn(import.meta.dirname);

test.each([...examples, { file: 'the README', code: readme }])('the example in $file gives what it says', async ({ code }) => {
  const check = (found: unknown, promised: unknown): void =>
    typeof promised === 'number' ? expect(found).toBeCloseTo(promised, 12) : expect(found).toEqual(promised);
  expect(await runExample(code, scope, check)).toBeGreaterThan(0);
});

test('every export has an example', () => {
  const exampled = new Set(examples.flatMap(({ code }) => [...code.matchAll(/= (\w+)\(/g)].map(([, name]) => name)));
  expect(Object.keys(schedulers).filter((name) => !exampled.has(name))).toEqual([]);
});
