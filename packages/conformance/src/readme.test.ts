import { readFileSync } from 'node:fs';
import { chain, mul, schedule, transform, type Schedule, type Transform } from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { testSchedule, testTransform } from './index.ts';
import { transformChecks } from './transform-checks.ts';

// The README’s first block, to the letter (the imports and this line aside):
const half = (): Transform => transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });
const falling = (): Schedule => schedule({ name: 'falling', config: {}, at: (step) => 1 / (1 + step) });

testTransform('half', half, { factories: { half } });
testTransform('chain', () => chain(half(), half()), { factories: { half } });
testSchedule('falling', falling, { factories: { falling } });

const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8');

test('the README’s example is what runs here', () => {
  const example = /```ts\n([^`]*)```/.exec(readme)?.[1] ?? '';
  const own = readFileSync(import.meta.filename, 'utf8');
  const lines = example.split('\n').filter((line) => line !== '' && !line.startsWith('import '));
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => !own.includes(`\n${line}\n`))).toEqual([]);
});

test('the README lists every check', () => {
  const listed = readme.replaceAll('`', '').replaceAll("'", '’');
  const titles = Object.keys(transformChecks('half', half, { backend: 'cpu', execution: 'fused' }));
  const missing = titles.filter(
    (title) => !listed.includes(title.split(/, and nothing|, also| with gradients| with huge| with tiny/)[0] ?? ''),
  );
  expect(missing).toEqual(['keeps the state of two of it in a chain apart, also after saving and loading']); // 'also twice in a chain'
});
