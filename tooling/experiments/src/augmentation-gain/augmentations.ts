import type { Augmented } from '../fashion/augmented-source.ts';

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
