import { readdirSync, readFileSync } from 'node:fs';
import * as core from '@downhill/core';
import { expect, test } from 'vitest';
import * as schedulers from './index.ts';

// The examples in the docstrings and the README’s first one run as they stand: each `expression; // value` must give that value.
const scope = { ...core, ...schedulers, expect };
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.includes('.test'));

const examplesOf = (text: string): string[] =>
  [...text.matchAll(/@example\n((?: \* (?!@).*\n| \*\n)+)/g)].map(([, block = '']) => block.replaceAll(/^ \* ?/gm, '').trim());

const readme = /```ts\nimport .*\n([^`]*)```/.exec(readFileSync(`${import.meta.dirname}/../README.md`, 'utf8'))?.[1] ?? '';
const examples = files.flatMap((file) =>
  examplesOf(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')).map((code) => ({ file, code })),
);

test.each([...examples, { file: 'the README', code: readme }])('the example in $file gives what it says', ({ code }) => {
  const promises = [...code.matchAll(/^(.+); +\/\/ (.+)$/gm)];
  expect(promises.length).toBeGreaterThan(0);
  const checked = code.replaceAll(/^(.+); +\/\/ (.+)$/gm, (_, call: string, value: string) => `expect(${call}).toBeCloseTo(${value}, 12);`);
  new Function(...Object.keys(scope), checked)(...Object.values(scope));
});

test('every schedule has an example', () => {
  const exampled = examples.map(({ code }) => /= (\w+)\(/.exec(code)?.[1]);
  expect(new Set(exampled)).toEqual(new Set(Object.keys(schedulers)));
});
