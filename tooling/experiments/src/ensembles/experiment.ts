import type { Experiment } from '../experiment.ts';
import { fashionExperiment } from '../fashion/fashion-experiment.ts';
import { ACCURACY } from '../quantities.ts';
import { methods, trainingsOf } from './methods.ts';
import { BYTES, ECE, NLL, TIME } from './quantities.ts';

/** What several networks, or several moments of one, are worth where training pictures are few. */
export const ensembles: Experiment = fashionExperiment({
  name: 'ensembles',
  summary: 'what several networks, or several moments of one, are worth',
  question: 'What are several networks, or several moments of one training, worth with 1,000 training pictures?',
  notes: [],
  arms: methods,
  trainings: trainingsOf,
  quantities: [
    { name: ACCURACY, format: 'share' },
    { name: NLL, format: 'number' },
    { name: ECE, format: 'share' },
    { name: TIME, format: 'seconds' },
    { name: BYTES, format: 'bytes' },
  ],
  columns: 5,
  seeds: 3,
  size: { training: 1000, validation: 1000, heldOut: 4000 },
  shownIn: 'packages/ensembles',
  async pictures(results) {
    const { reliabilityPictures } = await import('./pictures.ts');
    return reliabilityPictures(results);
  },
  async train(trial, watch) {
    const { trainMethod } = await import('./train.ts'); // tfjs takes a while to load
    return trainMethod(trial, watch);
  },
});
