import { describe, expect, test } from 'vitest';
import type { Experiment, Trial } from '../experiment.ts';
import type { Result } from '../run/results.ts';
import { markdown } from './markdown.ts';
import { reportOf, type Report } from './report.ts';

const plan = { summary: '100 pictures', steps: 10, settings: {} };
const experiment: Experiment = {
  name: 'tea',
  summary: '',
  question: 'Does milk first taste better?',
  notes: ['The lady was not told.'],
  arms: ['tea first', 'milk first'],
  quantities: [
    { name: 'accuracy', format: 'share' },
    { name: 'loss', format: 'number' },
  ],
  dataSets: [
    { name: 'cups', title: 'Cups', plan: () => plan },
    { name: 'mugs', title: 'Mugs', plan: () => plan },
  ],
  train: () => Promise.resolve(undefined),
};

function result(dataSet: string, arm: string, seed: number, accuracy: number, weights = `${arm} ${seed}`): Result {
  const trial: Trial = { dataSet, arm, seed, quick: false, plan };
  return { trial, outcome: { quantities: { accuracy, loss: 1 - accuracy }, weights }, seconds: 30, processorSeconds: 20, code: 'd5e8cf2' };
}

const report = (results: readonly Result[]): Report =>
  reportOf(experiment, results, { command: 'npm run bench -- tea', machine: 'a desk' });

const accuracies = { 'tea first': [0.9, 0.92, 0.94], 'milk first': [0.91, 0.92, 0.93] };
const results = Object.entries(accuracies).flatMap(([arm, values]) => values.map((value, index) => result('cups', arm, index + 1, value)));

describe('reportOf', () => {
  test('summarizes each arm and pairs by seed, whatever the order of the results', () => {
    const { dataSets, made } = report(results.toReversed());
    expect(made).toEqual({ trials: 6, seconds: 180, processorSeconds: 120, code: ['d5e8cf2'], machine: 'a desk' });
    expect(dataSets).toHaveLength(1); // no result of mugs
    const [{ arms, seeds, differences } = { arms: [], seeds: [], differences: [] }] = dataSets;
    expect(seeds).toEqual([1, 2, 3]);
    expect(arms[0]!.quantities[0]).toMatchObject({
      values: [0.9, 0.92, 0.94],
      mean: expect.closeTo(0.92),
      standardDeviation: expect.closeTo(0.02),
    });
    const [accuracy, loss] = differences;
    expect(accuracy).toMatchObject({
      arm: 'milk first',
      baseline: 'tea first',
      mean: expect.closeTo(0),
      standardError: expect.closeTo(0.01 / Math.sqrt(3)),
      withinNoise: true,
      samePairs: 0,
    });
    expect(loss!.low).toBeCloseTo(-accuracy!.high, 12);
  });

  test('sees a difference that is the same with every seed', () => {
    const better = [0.9, 0.92, 0.94].map((value, index) => result('cups', 'milk first', index + 1, value + 0.01 + index * 1e-4));
    const { dataSets } = report([...results.filter(({ trial }) => trial.arm === 'tea first'), ...better]);
    expect(dataSets[0]!.differences.map(({ withinNoise }) => withinNoise)).toEqual([false, false]);
  });
});

describe('markdown', () => {
  test('has the sentence, the tables, and how it was made', () => {
    expect(markdown(report(results))).toMatchInlineSnapshot(`
      "# tea

      Does milk first taste better?

      - Cups: over 3 seeds the accuracy with milk first is 0.000 points higher than with tea first, which is within the noise of the seeds (95 % interval of the difference: −2.484 to 2.484 points).

      Made by

          npm run bench -- tea

      6 trainings, 3:00 minutes (2:00 of processor time), code d5e8cf2, a desk.

      ## Cups

      100 pictures, 3 seeds.

      |            |       accuracy |            loss |
      | ---------- | -------------: | --------------: |
      | tea first  | 92.00 ± 2.00 % | 0.0800 ± 0.0200 |
      | milk first | 92.00 ± 1.00 % | 0.0800 ± 0.0100 |

      | paired difference                |         mean | standard error |          95 % interval | within the noise |
      | -------------------------------- | -----------: | -------------: | ---------------------: | ---------------- |
      | accuracy: milk first − tea first | 0.000 points |   0.577 points | −2.484 to 2.484 points | yes              |
      | loss: milk first − tea first     |      0.00000 |        0.00577 |    −0.02484 to 0.02484 | yes              |

      | accuracy by seed | tea first | milk first |
      | ---------------- | --------: | ---------: |
      | 1                |   90.00 % |    91.00 % |
      | 2                |   92.00 % |    92.00 % |
      | 3                |   94.00 % |    93.00 % |

      ## How it was done

      - The lady was not told.
      - ± is the standard deviation over the seeds; the interval is the paired t interval of the mean difference. It says how large a difference these seeds cannot exclude, not that there is none.
      - Of intervals at 95 %, one in twenty misses zero by chance alone. The seeds change the initial weights and the order of the pictures, never which pictures are held out.
      "
    `);
  });

  test('says when two arms did the same: then nothing was compared', () => {
    const same = [1, 2].flatMap((seed) => ['tea first', 'milk first'].map((arm) => result('mugs', arm, seed, 0.9, `weights ${seed}`)));
    expect(markdown(report(same))).toContain(
      '- Mugs: nothing can be said, because milk first and tea first ended with the same weights, to the bit, in 2 of 2 pairs.',
    );
  });

  test('says when a difference is more than noise', () => {
    const worse = [0.9, 0.92, 0.94].map((value, index) => result('cups', 'milk first', index + 1, value - 0.01 - index * 1e-4));
    expect(markdown(report([...results.filter(({ trial }) => trial.arm === 'tea first'), ...worse]))).toContain(
      'with milk first is 1.010 points lower than with tea first, which is more than the noise of the seeds explains',
    );
  });
});
