import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Experiment } from '../experiment.ts';
import type { Result } from '../run/results.ts';
import { publish } from './publish.ts';
import { reportOf } from './report.ts';

const plan = { summary: '100 cups', steps: 10, settings: {} };
const experiment: Experiment = {
  name: 'tea',
  summary: '',
  question: 'Does milk first taste better?',
  notes: [],
  arms: ['tea first', 'milk first'],
  quantities: [{ name: 'accuracy', format: 'share' }],
  dataSets: [{ name: 'cups', title: 'Cups', plan: () => plan }],
  shownIn: 'packages/tea',
  train: () => Promise.resolve(undefined),
};
const result = (arm: string, seed: number, accuracy: number): Result => ({
  trial: { dataSet: 'cups', arm, seed, quick: false, plan },
  outcome: { quantities: { accuracy }, weights: `${arm} ${seed}` },
  seconds: 30,
  processorSeconds: 20,
  code: 'd5e8cf2',
});
const results = [result('tea first', 1, 0.9), result('tea first', 2, 0.92), result('milk first', 1, 0.93), result('milk first', 2, 0.95)];
const report = reportOf(experiment, results, { command: 'npm run bench -- tea', machine: 'a desk' });

function project(readme: string): string {
  const root = mkdtempSync(join(tmpdir(), 'downhill-publish-'));
  mkdirSync(join(root, 'packages/tea'), { recursive: true });
  writeFileSync(join(root, 'packages/tea/README.md'), readme);
  return root;
}

describe('publish', () => {
  test('replaces what is between the marks, and writes the chart and the whole report', async () => {
    const root = project('# Tea\n\n<!-- tea -->\nold\n<!-- /tea -->\n\nMIT\n');
    expect(await publish(experiment, report, results, root)).toEqual([
      'docs/experiments/tea.md',
      'packages/tea/docs/tea.svg',
      'packages/tea/README.md',
    ]);
    expect(readFileSync(join(root, 'packages/tea/README.md'), 'utf8')).toMatchInlineSnapshot(`
      "# Tea

      <!-- tea -->

      Does milk first taste better?

      ![tea: the arms compared](docs/tea.svg)

      |            |       accuracy | against tea first (95 % interval)    |
      | ---------- | -------------: | ------------------------------------ |
      | tea first  | 91.00 ± 1.41 % |                                      |
      | milk first | 94.00 ± 1.41 % | 3.000 points (3.000 to 3.000 points) |

      \`npm run bench -- tea\` made this in 2:00 minutes (1:20 of processor time) on a desk: 100 cups, 2 seeds, ± is their standard deviation. [All numbers, and how it was done](../../docs/experiments/tea.md).

      <!-- /tea -->

      MIT
      "
    `);
    expect(readFileSync(join(root, 'packages/tea/docs/tea.svg'), 'utf8')).toContain('milk first');
    expect(readFileSync(join(root, 'docs/experiments/tea.md'), 'utf8')).toContain('## How it was done');
    const once = readFileSync(join(root, 'packages/tea/README.md'), 'utf8');
    await publish(experiment, report, results, root);
    expect(readFileSync(join(root, 'packages/tea/README.md'), 'utf8')).toBe(once);
  });

  test('shows further pictures and columns where an experiment has them', async () => {
    const root = project('<!-- tea -->\n<!-- /tea -->\n');
    const pictured: Experiment = {
      ...experiment,
      quantities: [...experiment.quantities, { name: 'time', format: 'seconds' }, { name: 'size', format: 'bytes' }],
      columns: 3,
      pictures: (seen) => [{ name: 'cups', alt: 'The cups', svg: `<svg>${seen.length}</svg>` }],
    };
    const timed = results.map((each) => ({ ...each, outcome: { ...each.outcome, quantities: { accuracy: 0.5, time: 2, size: 2048 } } }));
    await publish(pictured, reportOf(pictured, timed, { command: 'npm run bench -- tea', machine: 'a desk' }), timed, root);
    expect(readFileSync(join(root, 'packages/tea/docs/cups.svg'), 'utf8')).toBe('<svg>4</svg>');
    const readme = readFileSync(join(root, 'packages/tea/README.md'), 'utf8');
    expect(readme).toContain('![The cups](docs/cups.svg)');
    expect(readme).toMatch(/tea first {2}\| 50\.00 ± 0\.00 % \| 2\.0 ± 0\.0 s \| 2 ± 0 KiB \|/);
  });

  test('says where the marks belong, and writes nothing, where there are none', async () => {
    const root = project('# Tea\n');
    await expect(publish(experiment, report, results, root)).rejects.toThrow('<!-- tea -->');
    expect(() => readFileSync(join(root, 'docs/experiments/tea.md'))).toThrow('ENOENT');
  });
});
