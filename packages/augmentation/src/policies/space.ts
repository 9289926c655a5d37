export const OPERATION_NAMES = [
  'Identity',
  'ShearX',
  'ShearY',
  'TranslateX',
  'TranslateY',
  'Rotate',
  'Brightness',
  'Color',
  'Contrast',
  'Sharpness',
  'Posterize',
  'Solarize',
  'AutoContrast',
  'Equalize',
  'Invert',
] as const;

/** Operations of the policies, by the names of the papers. */
export type OperationName = (typeof OPERATION_NAMES)[number];

/** The magnitudes that an operation may have, by bin; `signed` ones are also used with the other sign. */
export interface Magnitudes {
  /** Null: the operation has none. */
  readonly magnitudes: readonly number[] | null;
  readonly signed: boolean;
}

/** Which operations there are, in the order in which one is drawn by its index. */
export type Space = Readonly<Partial<Record<OperationName, Magnitudes>>>;

interface PixelSize {
  readonly height: number;
  readonly width: number;
}

const NONE: Magnitudes = { magnitudes: null, signed: false };

const evenly = (from: number, to: number, bins: number): readonly number[] =>
  Array.from({ length: bins }, (_, i) => from + ((to - from) * i) / (bins - 1));

const upTo = (most: number, bins: number): Magnitudes => ({ magnitudes: evenly(0, most, bins), signed: true });

/** Bits that are kept: `most` down to `most - fewer`. */
const bitsFrom = (most: number, fewer: number, bins: number): Magnitudes => ({
  magnitudes: Array.from({ length: bins }, (_, i) => most - Math.round((i * fewer) / (bins - 1))),
  signed: false,
});

const solarize = (bins: number): Magnitudes => ({ magnitudes: evenly(255, 0, bins), signed: false });

const colours = (most: number, bins: number): Space => ({
  Brightness: upTo(most, bins),
  Color: upTo(most, bins),
  Contrast: upTo(most, bins),
  Sharpness: upTo(most, bins),
});

/** AutoAugment's (Cubuk et al. 2019, table 6); translations are shares of an image of 331 pixels. */
export const autoAugmentSpace = (bins: number, { height, width }: PixelSize): Space => ({
  ShearX: upTo(0.3, bins),
  ShearY: upTo(0.3, bins),
  TranslateX: upTo((150 / 331) * width, bins),
  TranslateY: upTo((150 / 331) * height, bins),
  Rotate: upTo(30, bins),
  ...colours(0.9, bins),
  Posterize: bitsFrom(8, 4, bins),
  Solarize: solarize(bins),
  AutoContrast: NONE,
  Equalize: NONE,
  Invert: NONE,
});

/** RandAugment's (Cubuk et al. 2020, arXiv:1909.13719, as torchvision has it). */
export function randAugmentSpace(bins: number, size: PixelSize): Space {
  const { Invert: _, ...others } = autoAugmentSpace(bins, size);
  return { Identity: NONE, ...others };
}

/** TrivialAugment's wide one (Müller and Hutter 2021, arXiv:2103.10158, table 8). */
export const trivialAugmentWideSpace = (bins: number): Space => ({
  Identity: NONE,
  ShearX: upTo(0.99, bins),
  ShearY: upTo(0.99, bins),
  TranslateX: upTo(32, bins),
  TranslateY: upTo(32, bins),
  Rotate: upTo(135, bins),
  ...colours(0.99, bins),
  Posterize: bitsFrom(8, 6, bins),
  Solarize: solarize(bins),
  AutoContrast: NONE,
  Equalize: NONE,
});

/** AugMix's (Hendrycks et al. 2020, arXiv:1912.02781, as torchvision has it); the four of colour are left out to judge robustness. */
export const augMixSpace = (bins: number, { height, width }: PixelSize, withColour: boolean): Space => ({
  ShearX: upTo(0.3, bins),
  ShearY: upTo(0.3, bins),
  TranslateX: upTo(width / 3, bins),
  TranslateY: upTo(height / 3, bins),
  Rotate: upTo(30, bins),
  Posterize: bitsFrom(4, 4, bins),
  Solarize: solarize(bins),
  AutoContrast: NONE,
  Equalize: NONE,
  ...(withColour ? colours(0.9, bins) : {}),
});

/** The magnitude of a bin. */
export function magnitudeOf(space: Space, name: OperationName, bin: number | null, isNegative: boolean): number {
  const { magnitudes, signed } = space[name] ?? NONE;
  const magnitude = magnitudes === null ? 0 : (magnitudes[bin ?? 0] ?? 0);
  return signed && isNegative ? -magnitude : magnitude;
}

export const namesOf = (space: Space): readonly OperationName[] => Object.keys(space) as OperationName[];
