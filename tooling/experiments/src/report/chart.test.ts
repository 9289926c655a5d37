import { expect, test } from 'vitest';
import { chart } from './chart.ts';
import type { DataSetReport } from './report.ts';

const quantity = { name: 'accuracy', format: 'share' } as const;
const arm = (name: string, values: readonly number[], mean: number): DataSetReport['arms'][number] => ({
  arm: name,
  quantities: [{ quantity, values, mean, standardDeviation: 0.01 }],
});
const report: DataSetReport = {
  name: 'cups',
  title: 'Cups',
  summary: '',
  seeds: [1, 2],
  arms: [arm('tea first', [0.9, 0.92], 0.91), arm('milk first, in a warm cup', [0.93, 0.95], 0.94)],
  differences: [],
};

test('shows every arm in its order, a dot for each seed, and the same picture each time', async () => {
  const svg = await chart(report);
  expect(svg).toMatch(/^<svg /);
  expect(svg.indexOf('tea first')).toBeGreaterThan(0);
  expect(svg.indexOf('>milk first, in a warm cup<')).toBeGreaterThan(svg.indexOf('tea first'));
  expect(svg.match(/aria-roledescription="circle"/g)).toHaveLength(4);
  expect(svg).toContain('accuracy: each seed, mean ± standard deviation');
  expect(await chart(report)).toBe(svg);
});
