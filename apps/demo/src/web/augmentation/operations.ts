import type { NumberRange } from '../shell/query-reader.ts';

/** The side of the picture that operations are shown on, in pixels. */
export const SIDE = 128;

/** How an operation's number is turned: from where it does least to where it does most. */
export interface Strength {
  /** What the number is, as the package calls it. */
  readonly label: string;
  readonly weak: number;
  readonly strong: number;
  readonly usual: number;
  /** @defaultValue false */
  readonly whole?: boolean;
}

export const GROUPS = ['geometry', 'colour', 'neighbourhood and noise', 'erasing', 'policies'] as const;
export type Group = (typeof GROUPS)[number];

export interface Operation {
  readonly group: Group;
  readonly name: string;
  /** `undefined`: it has no number to be turned. */
  readonly strength: Strength | undefined;
}

const share = (label: string, usual: number, strong = 1): Strength => ({ label, weak: 0, strong, usual });
const between = (label: string, weak: number, strong: number, usual: number): Strength => ({ label, weak, strong, usual });
const whole = (label: string, weak: number, strong: number, usual: number): Strength => ({ label, weak, strong, usual, whole: true });
/** The number of those that are done or not. */
const chance = share('probability', 1);

/** Every operation and policy of the package, in the order in which they are shown. A new one is a line here and one in `makers.ts`. */
const ROWS: readonly (readonly [Group, string, Strength | undefined])[] = [
  ['geometry', 'flip', { ...chance, usual: 0.5 }],
  ['geometry', 'rotate', share('degrees', 30, 180)],
  ['geometry', 'translate', share('x and y', 0.2, 0.5)],
  ['geometry', 'zoom', share('height', 0.3, 0.8)],
  ['geometry', 'affine', share('degrees and shear', 20, 45)],
  ['geometry', 'perspective', share('distortion', 0.5)],
  ['geometry', 'elastic', share('alpha', 50, 150)],
  ['geometry', 'lensDistortion', share('distortion', 0.2, 0.4)],
  ['geometry', 'crop', whole('size', SIDE, 16, 96)],
  ['geometry', 'pad', whole('padding', 0, 48, 12)],
  ['geometry', 'resize', whole('size', SIDE, 8, 48)],
  ['geometry', 'resizeShorter', whole('side', 256, 16, 96)],
  ['geometry', 'resizedCrop', between('scale', 1, 0.08, 0.3)],
  ['colour', 'brightness', share('brightness', 0.5, 2)],
  ['colour', 'contrast', share('contrast', 0.5, 2)],
  ['colour', 'saturation', share('saturation', 0.8, 3)],
  ['colour', 'hue', share('hue', 0.1, 0.5)],
  ['colour', 'gamma', between('gamma', 1, 4, 2)],
  ['colour', 'pcaLighting', share('deviation', 0.5, 4)],
  ['colour', 'normalize', between('deviation', 1, 0.1, 0.25)],
  ['colour', 'posterize', whole('bits', 8, 1, 3)],
  ['colour', 'solarize', between('threshold', 1, 0, 0.5)],
  ['colour', 'grayscale', chance],
  ['colour', 'invert', chance],
  ['colour', 'autocontrast', chance],
  ['colour', 'equalize', chance],
  ['neighbourhood and noise', 'gaussianBlur', between('sigma', 0.1, 6, 2)],
  ['neighbourhood and noise', 'sharpness', share('sharpness', 1, 8)],
  ['neighbourhood and noise', 'gaussianNoise', share('deviation', 0.1, 0.5)],
  ['erasing', 'cutout', whole('length', 1, 112, 48)],
  ['erasing', 'erase', whole('height and width', 1, 112, 40)],
  ['erasing', 'randomErasing', between('area', 0.02, 0.6, 0.33)],
  ['policies', 'autoAugment', undefined],
  ['policies', 'autoAugment cifar10', undefined],
  ['policies', 'autoAugment svhn', undefined],
  ['policies', 'randAugment', whole('magnitude', 0, 30, 9)],
  ['policies', 'trivialAugmentWide', undefined],
  ['policies', 'augMix', whole('severity', 1, 10, 3)],
];

export const OPERATIONS: readonly Operation[] = ROWS.map(([group, name, strength]) => ({ group, name, strength }));

export const operationNamed = (name: string): Operation | undefined => OPERATIONS.find((operation) => operation.name === name);

/** An operation's number at a share of its way from weak to strong; 0 where it has none. */
export function valueAt({ strength }: Operation, portion: number): number {
  if (strength === undefined) return 0;
  const { weak, strong, whole: isWhole = false } = strength;
  const value = weak + portion * (strong - weak);
  return isWhole ? Math.round(value) : Number(value.toPrecision(3));
}

/** An operation's number in the gallery, in words; those that are done or not are done there. */
export function strengthText(operation: Operation, portion: number): string {
  const { strength } = operation;
  return strength === undefined || strength.label === chance.label ? '' : `${strength.label} ${valueAt(operation, portion)}`;
}

/** What an operation's number may be. */
export const rangeOf = ({ weak, strong, whole: isWhole = false }: Strength): Required<NumberRange> => ({
  min: Math.min(weak, strong),
  max: Math.max(weak, strong),
  whole: isWhole,
});
