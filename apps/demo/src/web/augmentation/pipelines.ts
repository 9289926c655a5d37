import type { Step } from './augmentation-state.ts';

/** Operations that belong together, as somebody has trained with them. */
export interface NamedPipeline {
  readonly name: string;
  readonly steps: readonly Step[];
}

const step = (operation: string, value = 0): Step => ({ operation, value });

/** Sizes are those of the papers, for pictures of 128 pixels. */
export const PIPELINES: readonly NamedPipeline[] = [
  { name: 'ResNet: scale, crop, flip', steps: [step('resizeShorter', 146), step('crop', 128), step('flip', 0.5)] },
  { name: 'Inception: any part, flip', steps: [step('resizedCrop', 0.08), step('flip', 0.5)] },
  { name: 'AlexNet: crop, flip, PCA of colours', steps: [step('crop', 112), step('flip', 0.5), step('pcaLighting', 0.5)] },
  { name: 'Colour jitter', steps: [step('brightness', 0.4), step('contrast', 0.4), step('saturation', 0.4), step('hue', 0.1)] },
  {
    name: 'Turned, shifted, sheared, bent',
    steps: [step('rotate', 15), step('translate', 0.1), step('affine', 15), step('lensDistortion', 0.2)],
  },
  { name: 'CIFAR: pad, crop, flip, cutout', steps: [step('pad', 16), step('crop', 128), step('flip', 0.5), step('cutout', 64)] },
  { name: 'AutoAugment', steps: [step('autoAugment')] },
  { name: 'RandAugment', steps: [step('randAugment', 9)] },
  { name: 'TrivialAugment', steps: [step('trivialAugmentWide')] },
  { name: 'AugMix', steps: [step('augMix', 3)] },
];
