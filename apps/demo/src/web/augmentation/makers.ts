import {
  affine,
  augMix,
  autoAugment,
  autocontrast,
  brightness,
  contrast,
  crop,
  cutout,
  elastic,
  equalize,
  erase,
  flip,
  gamma,
  gaussianBlur,
  gaussianNoise,
  grayscale,
  hue,
  invert,
  lensDistortion,
  normalize,
  pad,
  pcaLighting,
  perspective,
  posterize,
  randAugment,
  randomErasing,
  resize,
  resizedCrop,
  resizeShorter,
  rotate,
  saturation,
  sharpness,
  solarize,
  translate,
  trivialAugmentWide,
  zoom,
} from '@downhill/augmentation';
import type { Augmentation } from '@downhill/core';
import { SIDE } from './operations.ts';

/** As a training draws it, or as far as its number lets it go. */
export type Extent = 'drawn' | 'full';

/** @throws DownhillError of the package where it refuses the number. */
type Maker = (value: number, extent: Extent) => Augmentation;
type Pair = readonly [low: number, high: number];

/** A number on both sides of 0, or the number itself. */
const around = (value: number, extent: Extent): Pair => (extent === 'full' ? [value, value] : [-value, value]);
/** A factor on both sides of 1, or the one above. */
const aroundOne = (value: number, extent: Extent): Pair => [extent === 'full' ? 1 + value : Math.max(0, 1 - value), 1 + value];
/** From one number to another, or the second. */
const from = (low: number, value: number, extent: Extent): Pair => [extent === 'full' ? value : low, value];

/** Done with a chance, or done. */
const maybe =
  (make: (options: { readonly probability: number }) => Augmentation): Maker =>
  (probability, extent) =>
    make({ probability: extent === 'full' ? 1 : probability });

const LARGEST = 480 / 256; // ResNet's training: the shorter side from 256 to 480

/** What the name and the number of each of `OPERATIONS` stand for. */
export const MAKERS: Readonly<Record<string, Maker>> = {
  flip: maybe(flip),
  rotate: (degrees, extent) => rotate({ degrees: around(degrees, extent) }),
  translate: (shift, extent) => translate({ x: around(shift, extent), y: around(shift, extent) }),
  zoom: (height, extent) => zoom({ height: around(height, extent) }),
  affine: (degrees, extent) => affine({ degrees: around(degrees, extent), shearX: around(degrees, extent), scale: from(0.8, 1, extent) }),
  perspective: (distortion) => perspective({ distortion, probability: 1 }),
  elastic: (alpha) => elastic({ alpha }),
  lensDistortion: (distortion, extent) => lensDistortion({ distortion: around(distortion, extent) }),
  crop: (size, extent) => crop({ size, place: extent === 'full' ? 'centre' : 'random' }),
  pad: (padding) => pad({ padding }),
  resize: (size) => resize({ size }),
  resizeShorter: (side, extent) => resizeShorter({ side: extent === 'full' ? side : [side, Math.round(side * LARGEST)] }),
  resizedCrop: (scale, extent) => resizedCrop({ size: SIDE, scale: [scale, extent === 'full' ? scale : 1] }),
  brightness: (value, extent) => brightness({ brightness: aroundOne(value, extent) }),
  contrast: (value, extent) => contrast({ contrast: aroundOne(value, extent) }),
  saturation: (value, extent) => saturation({ saturation: aroundOne(value, extent) }),
  hue: (shift, extent) => hue({ hue: around(shift, extent) }),
  gamma: (exponent, extent) => gamma({ gamma: from(1 / exponent, exponent, extent) }),
  pcaLighting: (deviation) => pcaLighting({ deviation }),
  normalize: (deviation) => normalize({ mean: [0.5, 0.5, 0.5], standardDeviation: [deviation, deviation, deviation] }),
  posterize: (bits) => posterize({ bits }),
  solarize: (threshold) => solarize({ threshold }),
  grayscale: maybe(grayscale),
  invert: maybe(invert),
  autocontrast: maybe(autocontrast),
  equalize: maybe(equalize),
  gaussianBlur: (sigma, extent) => gaussianBlur({ kernelSize: 2 * Math.ceil(2 * sigma) + 1, sigma: from(0.1, sigma, extent) }),
  sharpness: (value, extent) => sharpness({ sharpness: aroundOne(value, extent) }),
  gaussianNoise: (deviation, extent) => gaussianNoise({ deviation: from(0, deviation, extent) }),
  cutout: (length) => cutout({ length }),
  erase: (side) => erase({ top: (SIDE - side) >> 1, left: (SIDE - side) >> 1, height: side, width: side }),
  randomErasing: (area, extent) => randomErasing({ probability: 1, area: from(0.02, area, extent) }),
  autoAugment: () => autoAugment(),
  'autoAugment cifar10': () => autoAugment({ policy: 'cifar10' }),
  'autoAugment svhn': () => autoAugment({ policy: 'svhn' }),
  randAugment: (magnitude) => randAugment({ magnitude }),
  trivialAugmentWide: () => trivialAugmentWide(),
  augMix: (severity) => augMix({ severity }),
};
