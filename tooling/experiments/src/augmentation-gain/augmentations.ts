/** What is done to training pictures: one kind of augmentation, with its numbers. */
export type Augmented =
  | { readonly kind: 'none' }
  | { readonly kind: 'flip + crop'; readonly padding: number }
  | { readonly kind: 'cutout'; readonly length: number }
  | { readonly kind: 'mixup'; readonly alpha: number }
  | { readonly kind: 'cutmix'; readonly alpha: number }
  | { readonly kind: 'RandAugment'; readonly operations: number; readonly magnitude: number };

const all: readonly Augmented[] = [
  { kind: 'none' },
  { kind: 'flip + crop', padding: 2 },
  { kind: 'cutout', length: 8 },
  { kind: 'mixup', alpha: 0.2 },
  { kind: 'cutmix', alpha: 1 },
  { kind: 'RandAugment', operations: 2, magnitude: 5 },
];

/** What is compared, by name. */
export const augmentations: Readonly<Record<string, Augmented>> = Object.fromEntries(all.map((augmented) => [augmented.kind, augmented]));
