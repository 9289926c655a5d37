import type { GuidedStep } from '@downhill/diagnostics';
import { describe, expect, test } from 'vitest';
import { stepText, wrapped } from './step-text.ts';

const step: GuidedStep = {
  kind: 'check',
  step: 4,
  name: 'a coarse search',
  verdict: 'failed',
  summary: `the best of ${'many '.repeat(20)}runs is no better than a guess.`,
  numbers: { trials: 7 },
  advice: 'Go back to step 3.',
  meaning: 'Nothing was learned.',
  table: { columns: ['rate', 'loss'], rows: Array.from({ length: 7 }, (_, i) => [i / 3, 2.3]) },
  chart: { title: 'Loss', series: [{ name: 'runs', x: [0.001, 0.1], y: [2, 3] }], logX: true },
  picture: '<svg/>',
};

describe('stepText', () => {
  test('has verdict, chart, table, meaning and advice, in lines that fit', () => {
    const text = stepText(step, { width: 60, colour: false });
    for (const part of [
      'failed: the best of',
      'numbers: trials 7',
      'Loss',
      '● runs',
      '0.3333  2.3',
      'and 2 more',
      'what it means: Nothing',
      'next: Go back',
    ])
      expect(text).toContain(part);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('colours change nothing but the colours, and success needs no meaning', () => {
    const coloured = stepText(step, { width: 60, colour: true });
    expect(coloured).toContain('\u001b[31;1mfailed');
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001b\[[\d;]+m/g, '')).toBe(stepText(step, { width: 60, colour: false }));
    expect(stepText({ ...step, verdict: 'ok' }, { width: 60, colour: false })).not.toContain('Nothing was learned');
  });
});

test('a word that is too long has a line of its own', () => {
  expect(wrapped('a verylongword b c', 4)).toEqual(['a', 'verylongword', 'b c']);
  expect(wrapped('sure to 34 %', 10)).toEqual(['sure to', '34 %']);
});
