import { pow } from '@downhill/core/math';
import { constant } from './sensible.ts';
import type { Symptom } from './symptom.ts';

/** One of each finding: a run without fault, what the lecture on training networks shows of loss curves, and what else the doctor knows. */
export const allSymptoms: readonly Symptom[] = [
  { finding: 'healthy', title: 'Healthy', provoked: 'Nothing was done.', change: {} },
  {
    finding: 'bad_initialization',
    title: 'Flat at first, then falling: bad initialization',
    provoked: 'Weights a quarter as large as they should be, through four tanh layers.',
    change: { scale: 0.25, hidden: [48, 48, 48, 32], activation: 'tanh', rule: 'momentum', rate: 0.02, samples: 1000, epochs: 40 },
  },
  {
    finding: 'plateau_needs_decay',
    title: 'A plateau: lower the learning rate now',
    provoked: 'A rate that is high and stays so, with small batches.',
    change: { ...constant, activation: 'tanh', rule: 'momentum', rate: 0.15, weightDecay: 2e-3, batch: 16, samples: 2000, epochs: 24 },
  },
  {
    finding: 'lr_decayed_too_early',
    title: 'Decayed too early: it stops improving',
    provoked: 'The rate was cut to 3 % after a tenth of the run.',
    change: { decayName: 'step', decay: (share) => (share < 0.1 ? 1 : 0.03), rule: 'sgd', rate: 0.1, samples: 1000, epochs: 30 },
  },
  {
    finding: 'overfitting',
    title: 'A growing gap: overfitting',
    provoked: 'A large network, 200 examples, and 15 % of their labels wrong.',
    change: { ...constant, hidden: [192, 192], samples: 200, wrong: 0.15, rate: 2e-3, epochs: 50 },
  },
  {
    finding: 'underfitting',
    title: 'No gap: underfitting',
    provoked: 'A network of two hidden units.',
    change: { hidden: [2], rate: 0.01, samples: 1000, epochs: 40 },
  },
  {
    finding: 'lr_too_high',
    title: 'Learning rate too high',
    provoked: 'Fifty times the rate that works.',
    change: { ...constant, activation: 'tanh', rule: 'momentum', rate: 1, samples: 1000, epochs: 20 },
  },
  {
    finding: 'lr_too_low',
    title: 'Learning rate too low',
    provoked: 'The rate that works, divided by 150.',
    change: { ...constant, rate: 2e-5, samples: 1000, epochs: 20 },
  },
  {
    finding: 'diverged_nan',
    title: 'Diverged',
    provoked: 'A rate that grows 400 times over the run.',
    change: { decayName: 'growing', decay: (share) => pow(400, share), loss: 'mse', rule: 'sgd', rate: 0.05, samples: 1000, epochs: 30 },
  },
  {
    finding: 'data_label_noise',
    title: 'Wrong labels',
    provoked: '30 % of the training labels are wrong.',
    change: { wrong: 0.3, epochs: 20 },
  },
  {
    finding: 'not_trained_long_enough',
    title: 'Not trained long enough',
    provoked: 'Stopped after eight epochs.',
    change: { ...constant, rule: 'sgd', rate: 0.05, samples: 1000, epochs: 8 },
  },
];
