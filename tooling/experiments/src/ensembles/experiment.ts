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
  notes: [
    'One budget is 40 epochs. EMA has a decay of 0.998. SWA is that of the paper: from 75 % of the epochs on a constant learning rate, 0.01, and the average of the weights at the end of each epoch. The last 3 epochs, the snapshots and the members of an ensemble are averaged as probabilities. The snapshot ensemble has 5 cycles of 8 epochs, each from 0.03 down to 0, and no warm-up; 5 networks in one budget have 8 epochs each; the members of a deep ensemble and of bagging 40 each. The soup has a start of 20 epochs and 5 fine-tunings of 20: with a learning rate of 0.02, plain, with label smoothing of 0.1, with flips and crops, with both, and with 0.05 and flips and crops; 1,000 validation pictures choose among them, and choose the temperature.',
    'The numbers were chosen with seeds 11 and 12 (those of the soup with 13, the fourth fine-tuning untried) by 4,000 further pictures that no trial here trains on or is judged by: EMA of 0.95, 0.98, 0.99, 0.995 and 0.998, where the longest was best; the learning rate of SWA of 0.01, 0.02 and 0.05; that of the snapshots of 0.03, 0.05 and 0.1. The 0.1 to 0.2 of the snapshot paper is too much for a network without batch normalization: at 0.15 and 0.2 it learned nothing or ended in NaN.',
    'The single network knows its 1,000 pictures by heart after half of the budget (training loss 0.005 after 20 epochs, 0.0006 after 30: seed 11) and is far too sure: a temperature of 3.5 to 3.8 more than halves its NLL and leaves no decision changed. What lowers NLL here lowers it for the most part by making the prediction less sure.',
    'The snapshot ensemble is ahead of the single network of the same budget in NLL, the deep ensemble in accuracy, as in the papers. Of the snapshots the first one has the lowest NLL by itself (0.50 after 8 epochs; the fifth 0.98: seeds 11 and 12), since each cycle learns the same pictures further by heart; for the same reason 5 networks of 8 epochs each are ahead of both in NLL. On so few pictures a fifth of the budget is enough for a network.',
    'SWA and the last 3 epochs are the single network, where the papers find a gain: in the last ten epochs the weights move by 0.2 % of their norm (seed 11), since there is no gradient left, so there is nothing to average. Averaged from 25 % of the epochs on at 0.03, the NLL is 0.96 where the last weights have 1.15 and the single network 1.00, at the same accuracy (seed 11). EMA reaches as far back, over half of the run, into weights that were less sure.',
    'Flips at test time alone cost 11 points: the network has never seen a shoe that points to the other side, and is right on 56 % of the turned pictures. With flips in training both views are as good, and their mean is right on 0.3 to 0.8 points more than the better one.',
    'The greedy soup is one fine-tuning with two seeds, and with the third it is worse than its best one (83.00 to 83.63 %): with seed 13, too, the mean of five fine-tunings was worse than each of them. The likely reason is that the paper starts from networks that far more pictures have taught, whose fine-tunings stay close together. In each seed the best fine-tuning is one with flips and crops, which is what the soup is ahead of the single network by.',
    'A member of bagging sees 632 different pictures of 1,000, which costs it accuracy and keeps it less sure: bagging is half a point behind the deep ensemble in accuracy and a little ahead of it in NLL. Its out-of-bag accuracy needs no held-out pictures.',
    "The time is the processor's, of one thread: trainings, predictions and what chooses among them. Five trials ran side by side beside other work, so the minutes that they took together say little.",
  ],
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
