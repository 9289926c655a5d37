import type { Experiment } from '../experiment.ts';
import { fashionExperiment } from '../fashion/fashion-experiment.ts';
import { augmentations } from './augmentations.ts';

/** What each kind of augmentation is worth where training pictures are few. */
export const augmentationGain: Experiment = fashionExperiment({
  name: 'augmentation-gain',
  summary: 'what augmentation is worth where training pictures are few',
  question: 'What is each kind of augmentation worth with 2,000 training pictures?',
  notes: [
    'Flips and crops with a padding of 2; cutout of 8 x 8; mixup with α 0.2, cutmix with α 1, one share a batch; RandAugment of 2 operations at magnitude 5 of 30.',
    'The numbers are usual ones and were not searched for; what each kind could do with its best number, or with more epochs, is not measured.',
  ],
  arms: augmentations,
  size: { training: 2000, validation: 0, heldOut: 4000 },
  shownIn: 'packages/augmentation',
  async train(trial, watch) {
    const { trainAugmented } = await import('./train.ts'); // tfjs takes a while to load
    return trainAugmented(trial, watch);
  },
});
