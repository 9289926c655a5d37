import { augmentedBatches, compose, crop, cutmix, cutout, flip, mixedBatches, mixup, randAugment } from '@downhill/augmentation';
import type { BatchSource } from '@downhill/training';

/** What is done to training pictures: one kind of augmentation, with its numbers. */
export type Augmented =
  | { readonly kind: 'none' }
  | { readonly kind: 'flip + crop'; readonly padding: number }
  | { readonly kind: 'cutout'; readonly length: number }
  | { readonly kind: 'mixup'; readonly alpha: number }
  | { readonly kind: 'cutmix'; readonly alpha: number }
  | { readonly kind: 'RandAugment'; readonly operations: number; readonly magnitude: number };

const SIDE = 28;
const CLASSES = 10;

/** The batches with what is done to their pictures. */
export function augmentedSource(plain: BatchSource, augmented: Augmented, seed: number): BatchSource {
  switch (augmented.kind) {
    case 'none':
      return plain;
    case 'flip + crop':
      return augmentedBatches(plain, compose([crop({ size: SIDE, padding: augmented.padding }), flip()], { seed }));
    case 'cutout':
      return augmentedBatches(plain, compose([cutout({ length: augmented.length })], { seed }));
    case 'RandAugment': {
      const { operations, magnitude } = augmented;
      return augmentedBatches(plain, compose([randAugment({ operations, magnitude })], { seed }));
    }
    case 'mixup':
      return mixedBatches(plain, mixup({ alpha: augmented.alpha, classes: CLASSES }), { seed });
    case 'cutmix':
      return mixedBatches(plain, cutmix({ alpha: augmented.alpha, classes: CLASSES }), { seed });
    default:
      throw new TypeError(String(augmented satisfies never));
  }
}
