import { expect, test } from 'vitest';
import type { TrialResult } from '../experiment.ts';
import { reliabilityPictures } from './pictures.ts';

const plan = { summary: '', steps: 1, settings: {} };
const sure = (count: number, accuracy: number, confidence: number): TrialResult['outcome'] => ({
  quantities: {},
  weights: '',
  details: {
    bins: [
      { lower: 0, upper: 0.5, count: 0, accuracy: 0, confidence: 0 },
      { lower: 0.5, upper: 1, count, accuracy, confidence },
    ],
  },
});
const of = (arm: string, seed: number, outcome: TrialResult['outcome']): TrialResult => ({
  trial: { dataSet: 'cups', arm, seed, quick: false, plan },
  outcome,
});

test('shows the arms side by side, each over the pictures of all seeds', () => {
  const arms = ['snapshot ensemble', 'single', 'EMA', 'deep ensemble of 5'];
  const results = arms.flatMap((arm) => [of(arm, 1, sure(30, 0.6, 0.8)), of(arm, 2, sure(10, 1, 0.8))]);
  const [picture, ...more] = reliabilityPictures(results);
  expect(more).toEqual([]);
  // (30 · 0.6 + 10 · 1) / 40 = 0.7 of 40 are right, at a confidence of 0.8.
  const said = 'Of 40 examples 70.0 % are right at a mean confidence of 80.0 %; expected calibration error 10.0 % over 2 bins.';
  expect(picture!.svg.split(said)).toHaveLength(4);
  expect(picture!.svg.match(/<title>[^<]+/g)).toEqual(['<title>single', '<title>snapshot ensemble', '<title>deep ensemble of 5']);
  expect(picture!.svg.match(/<svg x="\d+"/g)).toEqual(['<svg x="0"', '<svg x="300"', '<svg x="600"']);
});
