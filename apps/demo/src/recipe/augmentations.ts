import { affine, compose, randomErasing, type Pipeline } from '@downhill/augmentation';

export const AUGMENTATIONS = ['none', 'affine', 'erasing', 'affine-erasing'] as const;
export type AugmentationName = (typeof AUGMENTATIONS)[number];

/** What is done to the training images; digits may lean and move a little, but not be mirrored. */
export function pipelineNamed(name: AugmentationName, seed: number): Pipeline | undefined {
  const operations = {
    affine: affine({ degrees: 10, translate: [0.07, 0.07], scale: [0.9, 1.1], shearX: 5, interpolation: 'bilinear' }),
    erasing: randomErasing({ probability: 0.25, area: [0.02, 0.15] }),
  };
  switch (name) {
    case 'none':
      return undefined;
    case 'affine':
    case 'erasing':
      return compose([operations[name]], { seed });
    case 'affine-erasing':
      return compose([operations.affine, operations.erasing], { seed });
    default:
      throw new TypeError(name satisfies never);
  }
}
