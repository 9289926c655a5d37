import { describe, expect, test } from 'vitest';
import { lineChart, type Chart } from './line-chart.ts';
import { ticks } from './ticks.ts';

const chart = (more: Partial<Chart> = {}): string =>
  lineChart({
    title: 'a < b & "c"',
    x: { label: 'step', scale: 'linear' },
    y: { label: 'loss', most: 10 },
    lines: [
      {
        name: 'one',
        points: [
          [0, 1],
          [1, Number.NaN],
          [2, 3],
          [3, 4],
        ],
      },
    ],
    ...more,
  });

describe('a line chart', () => {
  test('keeps a text from becoming markup', () => {
    expect(chart()).toContain('>a &lt; b &amp; &quot;c&quot;</text>');
    expect(chart()).not.toContain('a < b');
  });

  test('leaves a gap where a value is none', () => {
    const [line = ''] = /d="M[^"]*M[^"]*"/.exec(chart()) ?? [];
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line.match(/L/g)).toHaveLength(1);
    expect(chart()).not.toContain('NaN');
  });

  test('stands without any value to show', () => {
    const empty = chart({ lines: [{ name: 'none', points: [[0, Number.NaN]] }], x: { label: 'rate', scale: 'logarithmic' } });
    expect(empty).not.toMatch(/NaN|Infinity/);
  });

  test('names its marks', () => {
    expect(chart({ marks: [{ name: 'here', at: 1.234 }] })).toContain('here: 1.2</text>');
  });
});

describe('ticks', () => {
  test('of a logarithmic axis are powers of ten', () => {
    expect(ticks(1e-7, 10, 'logarithmic').map(({ at }) => at)).toEqual([1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10]);
  });

  test('of a linear one are round', () => {
    expect(ticks(0, 2.2, 'linear').map(({ text }) => text)).toEqual(['0', '0.5', '1', '1.5', '2']);
    expect(ticks(0, 87, 'linear').map(({ at }) => at)).toEqual([0, 20, 40, 60, 80]);
  });
});
