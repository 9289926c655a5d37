import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@downhill/experiments';
import { expect, test } from 'vitest';
import { findingsIn } from './findings.ts';

const folder = mkdtempSync(join(tmpdir(), 'downhill-findings-'));
const found = (rule: string) => ({
  rule,
  learningRate: 0.1,
  tuned: true,
  runs: [{ seed: 1, steps: null, evaluations: 3 }],
  seconds: 1,
  processorSeconds: 1,
  code: 'a',
});

test('what was found is there the next time, whichever rules came since', () => {
  const first = findingsIn(folder, 'hill', { target: 1, seeds: [1] });
  expect(first.find('sgd')).toBeUndefined();
  first.add(found('sgd'));
  first.add(found('adam'));
  const second = findingsIn(folder, 'hill', { target: 1, seeds: [1] });
  expect(second.find('adam')).toEqual(found('adam'));
  expect(second.find('lion')).toBeUndefined();
  second.add(found('lion'));
  expect(findingsIn(folder, 'hill', { target: 1, seeds: [1] }).find('sgd')).toEqual(found('sgd'));
});

test('a folder of other settings is refused, and so is a damaged one', () => {
  findingsIn(folder, 'valley', { target: 1 }).add(found('sgd'));
  expect(() => findingsIn(folder, 'valley', { target: 2 })).toThrow(UsageError);
  writeFileSync(join(folder, 'valley.json'), '{');
  expect(() => findingsIn(folder, 'valley', { target: 1 })).toThrow(/valley\.json is damaged/);
});
