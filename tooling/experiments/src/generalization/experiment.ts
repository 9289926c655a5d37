import type { Experiment } from '../experiment.ts';
import { fashionExperiment } from '../fashion/fashion-experiment.ts';
import { regularizations } from './regularizations.ts';

/** What each kind of regularization is worth where training pictures are few. */
export const generalization: Experiment = fashionExperiment({
  name: 'generalization',
  summary: 'what regularization is worth where training pictures are few',
  question: 'What is each kind of regularization worth with 1,000 training pictures?',
  notes: [
    'L2 with factor 0.002; dropout of 0.5 before the last layer; DropBlock of 3 x 3 after each convolution of the residual blocks, growing to 0.1 over half of the run; stochastic depth down to 0.9; label smoothing of 0.1; early stopping at 10 epochs without a lower loss on 1,000 further pictures, which no other arm looks at, with the best weights put back.',
    'The numbers were chosen for all together, of seven sets, with seeds 11 to 14 and by pictures that no trial here trains on or is judged by; what each kind could do alone with a number of its own is not measured.',
    'Early stopping by the loss alone ends long before the learning rate has come down: the loss is halved, accuracy is lost. By the accuracy of 1,000 pictures it picks an epoch by luck, and costs all together 0.5 points (seeds 11 to 14).',
    'All together gained 2.1 points on the pictures that its numbers were chosen by, and less on the held-out ones, as chosen numbers do. The parts do not add up: label smoothing and dropout keep the same training pictures from being learned by heart, L2 and stochastic depth change the loss but not the accuracy of so small a network, and early stopping only takes away. 60 epochs instead of 40 (2.0), or dropout before the dense layer too (1.2), gained no more. What is missing is pictures: augmentation is worth more (`augmentation-gain`).',
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
