import type { Experiment } from '../experiment.ts';
import { fashionExperiment } from '../fashion/fashion-experiment.ts';
import { regularizations } from './regularizations.ts';

/** What each kind of regularization is worth where training pictures are few. */
export const generalization: Experiment = fashionExperiment({
  name: 'generalization',
  summary: 'what regularization is worth where training pictures are few',
  question: 'What is each kind of regularization worth with 1,000 training pictures?',
  notes: [
    'L2 with factor 0.002; dropout of 0.5 before the last layer; DropBlock of 3 x 3 after each convolution of the residual blocks, growing to 0.1 over half of the run; stochastic depth down to 0.9; label smoothing of 0.1; early stopping at 15 epochs without a better accuracy on 1,000 further pictures, which no other arm looks at, with the best weights put back.',
    'The numbers were chosen for all together, of six sets, with seeds 11 to 13 and by pictures that no trial here trains on or is judged by; what each kind could do alone with a number of its own is not measured.',
    'The held-out loss is the cross-entropy without smoothing, whatever was trained with.',
  ],
  arms: regularizations,
  size: { training: 1000, validation: 1000, heldOut: 4000 },
  shownIn: 'packages/regularization',
  async train(trial, watch) {
    const { trainRegularized } = await import('./train.ts'); // tfjs takes a while to load
    return trainRegularized(trial, watch);
  },
});
