/** One pipeline on one batch. */
export interface AugmentationCase {
  readonly name: 'cifar' | 'imagenet' | 'mixing';
  /** [batch, height, width, channels] of what goes in. */
  readonly shape: readonly [number, number, number, number];
  /** Height and width of what comes out. */
  readonly size: number;
}

export const augmentationCases: readonly AugmentationCase[] = [
  { name: 'cifar', shape: [128, 32, 32, 3], size: 32 },
  { name: 'imagenet', shape: [32, 256, 256, 3], size: 224 },
  { name: 'mixing', shape: [128, 64, 64, 3], size: 64 },
];

/** What all contenders draw from: torchvision's `ColorJitter`, normalization of ImageNet, erasing of timm. */
export const SETTINGS = {
  padding: 4,
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  hue: 0.1,
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
  cutout: 16,
  erasing: 0.25,
  alpha: 1,
  classes: 10,
} as const;
