import type { Experiment } from '../experiment.ts';
import { prepareFashionMnist } from '../data/fashion-mnist.ts';
import { fashionPart } from '../fashion/data-set.ts';
import { NETWORK } from '../fashion/notes.ts';
import { ACCURACY, HELD_OUT_LOSS, TRAINING_LOSS } from '../quantities.ts';
import { augmentations } from './augmentations.ts';

/** What each kind of augmentation is worth where training pictures are few. */
export const augmentationGain: Experiment = {
  name: 'augmentation-gain',
  summary: 'what augmentation is worth where training pictures are few',
  question: 'What is each kind of augmentation worth with 2,000 training pictures?',
  notes: [
    NETWORK,
    'Flips and crops with a padding of 2; cutout of 8 x 8; mixup with α 0.2, cutmix with α 1, one share a batch; RandAugment of 2 operations at magnitude 5 of 30.',
    'The numbers are usual ones and were not searched for; what each kind could do with its best number, or with more epochs, is not measured.',
  ],
  arms: ['none', ...Object.keys(augmentations).filter((name) => name !== 'none')],
  quantities: [
    { name: ACCURACY, format: 'share' },
    { name: HELD_OUT_LOSS, format: 'number' },
    { name: TRAINING_LOSS, format: 'number' },
  ],
  dataSets: [
    fashionPart({
      size: { training: 2000, validation: 0, heldOut: 4000 },
      epochs: 40,
      batchSize: 50,
      learningRate: 0.05,
      arms: augmentations,
    }),
  ],
  shownIn: 'packages/augmentation',
  prepare: (_, watch) => prepareFashionMnist(watch),
  async train(trial, watch) {
    const { trainAugmented } = await import('./train.ts'); // tfjs takes a while to load
    return trainAugmented(trial, watch);
  },
};
