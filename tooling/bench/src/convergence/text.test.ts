import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '@downhill/experiments/text';
import { describe, expect, test } from 'vitest';
import { convergenceChart } from './chart.ts';
import { RESULT } from './publish.ts';
import type { ConvergenceReport, Found } from './report.ts';
import { convergenceText } from './text.ts';

const found = (rule: string, learningRate: number, steps: readonly (number | null)[], evaluationsPerStep = 1): Found => ({
  rule,
  learningRate,
  tuned: rule !== 'lbfgs',
  runs: steps.map((count, i) => ({ seed: i + 1, steps: count, evaluations: (count ?? 50) * evaluationsPerStep })),
  seconds: 60,
  processorSeconds: 30,
  code: 'abc',
});
const report: ConvergenceReport = {
  benchmark: 'convergence',
  made: { machine: 'a machine', seconds: 65, processorSeconds: 30, code: ['abc'] },
  tuning: { rates: [0.1, 0.01], seeds: [1, 2, 3] },
  problems: [
    {
      name: 'a',
      title: 'Hill',
      summary: 'a hill',
      target: 0.5,
      mostSteps: 50,
      tunedOn: [8, 9],
      found: [found('sgd', 0.1, [40, 30, null]), found('sam', 0.3, [10, 12, 9], 2)],
    },
    {
      name: 'b',
      title: 'Valley',
      summary: 'a valley',
      target: 0.1,
      mostSteps: 500,
      tunedOn: [8],
      found: [found('sgd', 0.01, [null, 400, null]), found('lbfgs', 1, [7, 7, 8], 3)],
    },
  ],
};

const cells = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test('a row a rule and a column a problem: median steps, the rate, the evaluations where a step takes several', () => {
  const text = convergenceText(report);
  expect(cells(text).filter(([first]) => !first!.startsWith('-'))).toEqual([
    ['rule', 'Hill', 'Valley'],
    ['sgd', '40 (0.1)', '> 500'],
    ['sam', '10 (0.3, 20 evaluations)', '–'],
    ['lbfgs', '–', '7 (21 evaluations)'],
  ]);
  expect(text).toContain('- Hill, to a loss of 0.5: a hill. Tuned on 2 seeds.');
  expect(text).toContain(
    'Medians of 3 seeds, to one part in twenty; behind them the learning rate, the best of 0.01 to 0.1 by half decades on other seeds.',
  );
  expect(text).toContain('made this in 0:30 minutes of processor time on a machine');
});

test('the chart has a dot for each median, a triangle for each rule that is not there, and is the same each time', async () => {
  const svg = await convergenceChart(report);
  expect(svg).toMatch(/^<svg /);
  for (const words of ['>sgd<', '>lbfgs<', 'Hill', 'steps to a loss of 0.1']) expect(svg).toContain(words);
  expect(svg.match(/fill="#4c78a8"/g)).toHaveLength(3);
  expect(svg.match(/fill="#d1495b"/g)).toHaveLength(1);
  expect(await convergenceChart(report)).toBe(svg);
});

describe('the README of the optimizers', () => {
  const read = (file: string): string => readFileSync(join(projectFolder, file), 'utf8');
  const last = JSON.parse(read(RESULT)) as ConvergenceReport;

  test('shows the table of the last whole run', () => {
    expect(read('packages/optimizers/README.md')).toContain(convergenceText(last));
  });

  test('shows its chart', async () => {
    expect(read('packages/optimizers/docs/convergence.svg')).toBe(await convergenceChart(last));
  });
});
