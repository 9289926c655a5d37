import { pow } from '@downhill/core/math';
import type { Finding } from '@downhill/diagnostics';
import { constant, type Recipe } from './recipe.ts';

/** A symptom, and what is done to a run to see it. */
export interface Symptom {
  readonly finding: Finding;
  /** What it looks like. */
  readonly title: string;
  /** What was done. */
  readonly provoked: string;
  /** Where the lecture shows it. */
  readonly slide?: number;
  readonly change: Partial<Recipe>;
}

/** What the lecture shows of loss curves, then what else the doctor knows. */
export const SYMPTOMS: readonly Symptom[] = [
  {
    finding: 'bad_initialization',
    title: 'Flat at first, then falling',
    provoked: 'The initial weights are a quarter as large as they should be, through four tanh layers.',
    slide: 56,
    change: { scale: 0.25, hidden: [48, 48, 48, 32], activation: 'tanh', rule: 'momentum', rate: 0.02, samples: 600, epochs: 40 },
  },
  {
    finding: 'plateau_needs_decay',
    title: 'A plateau',
    provoked: 'The rate is high and stays so, with small batches.',
    slide: 57,
    change: { decay: constant, activation: 'tanh', rule: 'momentum', rate: 0.15, weightDecay: 2e-3, batch: 16, samples: 1000, epochs: 24 },
  },
  {
    finding: 'lr_decayed_too_early',
    title: 'Decayed too early',
    provoked: 'The rate was cut to 3 % after a tenth of the run.',
    slide: 58,
    change: { decay: (share) => (share < 0.1 ? 1 : 0.03), rule: 'sgd', rate: 0.1, samples: 1000, epochs: 30 },
  },
  {
    finding: 'overfitting',
    title: 'A growing gap',
    provoked: 'A large network, 200 examples, and 15 % of their labels wrong.',
    slide: 59,
    change: { decay: constant, hidden: [96, 96], samples: 200, wrong: 0.15, rate: 2e-3, epochs: 50 },
  },
  {
    finding: 'underfitting',
    title: 'No gap',
    provoked: 'A network of two hidden units.',
    slide: 60,
    change: { hidden: [2], rate: 0.01, samples: 1000, epochs: 40 },
  },
  {
    finding: 'lr_too_high',
    title: 'Rate too high',
    provoked: 'Fifty times the rate that works.',
    slide: 15,
    change: { decay: constant, activation: 'tanh', rule: 'momentum', rate: 1, samples: 1000, epochs: 20 },
  },
  {
    finding: 'lr_too_low',
    title: 'Rate too low',
    provoked: 'The rate that works, divided by 150.',
    slide: 15,
    change: { decay: constant, rate: 2e-5, samples: 1000, epochs: 20 },
  },
  {
    finding: 'diverged_nan',
    title: 'Diverged',
    provoked: 'The rate grows a million times over the run.',
    slide: 15,
    change: { decay: (share) => pow(1e6, share), rule: 'sgd', rate: 0.05, samples: 1000, epochs: 30 },
  },
  {
    finding: 'data_label_noise',
    title: 'Wrong labels',
    provoked: '30 % of the training labels are wrong.',
    change: { wrong: 0.3, epochs: 20 },
  },
  {
    finding: 'not_trained_long_enough',
    title: 'Stopped too early',
    provoked: 'It was stopped after eight epochs.',
    change: { decay: constant, rule: 'sgd', rate: 0.02, samples: 1000, epochs: 8 },
  },
  {
    finding: 'healthy',
    title: 'Nothing wrong',
    provoked: 'Nothing was done.',
    change: {},
  },
];

/** @throws TypeError for a finding that no symptom shows. */
export function symptomOf(finding: string): Symptom {
  const symptom = SYMPTOMS.find((each) => each.finding === finding);
  if (symptom === undefined) throw new TypeError(`there is no symptom '${finding}'`);
  return symptom;
}
