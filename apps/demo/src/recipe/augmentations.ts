import { affine, compose, randomErasing, type Pipeline } from '@downhill/augmentation';
import { factoryNamed, isAugmentation, registeredNames, revive, type Augmentation } from '@downhill/core';
import { checkPlugin, trial, type PluginOptions } from './check-plugin.ts';

const AUGMENTATIONS = ['none', 'affine', 'erasing', 'affine-erasing'] as const;
type OwnName = (typeof AUGMENTATIONS)[number];

/** What decides what is done to the training images. */
export interface AugmentConfig {
  /** One of ours, or the name of an operation that is registered. */
  readonly augment: string;
  /** What the operation takes. @defaultValue its own defaults */
  readonly augmentOptions?: PluginOptions;
}

const isOwn = (name: string): name is OwnName => AUGMENTATIONS.some((own) => own === name);

function operationFrom(name: string, options: PluginOptions | undefined): Augmentation | undefined {
  const made = options === undefined ? factoryNamed(name)() : factoryNamed(name)(revive(options));
  return isAugmentation(made) ? made : undefined;
}

/** The names that can be asked for: ours, and the registered operations that need no options. */
export const augmentationNames = (): readonly string[] => [
  ...AUGMENTATIONS,
  ...registeredNames().filter((name) => !isOwn(name) && trial(() => operationFrom(name, undefined)) !== undefined),
];

/** @throws DownhillError `unknown-name` with the nearest name that is known, `invalid-argument` for options that an operation refuses. */
export function checkAugment(
  source: string,
  { augment, augmentOptions }: AugmentConfig,
  label: (key: keyof AugmentConfig) => string,
): void {
  if (isOwn(augment) && augmentOptions === undefined) return;
  checkPlugin(source, {
    label: label('augment'),
    name: augment,
    optionsLabel: label('augmentOptions'),
    options: augmentOptions,
    names: augmentationNames,
    make: () => operationFrom(augment, augmentOptions),
  });
}

/** What is done to the training images; digits may lean and move a little, but not be mirrored. */
export function pipelineFor({ augment, augmentOptions }: AugmentConfig, seed: number): Pipeline | undefined {
  if (isOwn(augment) && augmentOptions === undefined) return ownPipeline(augment, seed);
  const operation = operationFrom(augment, augmentOptions);
  return operation && compose([operation], { seed });
}

function ownPipeline(name: OwnName, seed: number): Pipeline | undefined {
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
