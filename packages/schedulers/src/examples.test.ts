import { readFileSync } from 'node:fs';
import { examplesIn, runExample } from '@downhill/config/examples';
import { withoutTypes } from '@downhill/config/without-types';
import * as core from '@downhill/core';
import { expect, test, vi } from 'vitest';
import * as schedulers from './index.ts';

// The examples in the docstrings and the README run as they stand: each `expression; // value` must give that value.
const scope = { ...core, ...schedulers };
const check = (found: unknown, promised: unknown): void =>
  typeof promised === 'number' ? expect(found).toBeCloseTo(promised, 12) : expect(found).toEqual(promised);

const examples = examplesIn(import.meta.dirname);

test.each(examples)('the example in $file gives what it says', async ({ code }) => {
  expect(await runExample(code, scope, check)).toBeGreaterThan(0);
});

const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8');
const blocksOf = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``, 'g'))].map(([, code = '']) => code);

test.each(blocksOf('ts'))('block %# of the README’s code runs', async (code) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const promises = await runExample(withoutTypes(code).replaceAll('export function', 'function'), scope, check);
  expect(promises).toBe(code.match(/; +\/\/ /g)?.length ?? 0);
  const printed = log.mock.calls.map(([line]) => `${String(line)}\n`);
  log.mockRestore();
  expect(printed).toEqual(printed.length === 0 ? [] : blocksOf('text'));
});

test('every export has an example', () => {
  const exampled = new Set(examples.flatMap(({ code }) => [...code.matchAll(/= (\w+)\(/g)].map(([, name]) => name)));
  expect(Object.keys(schedulers).filter((name) => !exampled.has(name))).toEqual([]);
});
