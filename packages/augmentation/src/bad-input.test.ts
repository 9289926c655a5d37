import type { Augmentation, Json } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import * as augmentation from './index.ts';

const {
  affine,
  augMix,
  autoAugment,
  autocontrast,
  brightness,
  compose,
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
} = augmentation;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const black = (channels = 3): tf.Tensor4D => tf.zeros<tf.Rank.R4>([1, 8, 8, channels]);

/** Every operation, and draws of it that cannot be applied to images of 8 x 8, by what is wrong. */
const OPERATIONS: Readonly<Record<string, readonly [operation: Augmentation, ...bad: readonly [Json, RegExp][]]>> = {
  affine: [
    affine({ degrees: 10 }),
    [null, /a draw must be \{ angle, scale \}, got null.*pipeline\.draw\(batch\)/],
    [{ angle: 1, translate: [0, 0], scale: 0, shear: [0, 0] }, /`draw\.scale` must be .* above 0, got 0/],
    [{ angle: 1, translate: [0], scale: 1, shear: [0, 0] }, /`draw\.translate` must be a list of 2 finite numbers, got \[0\]/],
    [{ angle: 1, translate: [0, 0], scale: 1, shear: [90, 0] }, /`draw\.shear\[0\]` must be .* below 90, got 90/],
  ],
  augMix: [
    augMix(),
    [{ own: 2, chains: [] }, /`draw\.own` must be .* at most 1, got 2/],
    [{ own: 0.5 }, /a draw must be \{ own, chains \}/],
    [{ own: 0.5, chains: [{ share: 0.5 }] }, /a draw must be a list of \{ operation, magnitude \}/],
  ],
  autoAugment: [autoAugment(), [[{ operation: 'Rotat', magnitude: 1 }], /`draw\.operation` must be one of 'Identity'.*got "Rotat"/]],
  autocontrast: [autocontrast(), [1, /a draw must be true or false, got 1/]],
  brightness: [brightness({ brightness: 0.4 }), [{ factor: -1 }, /`draw\.factor` must be .* at least 0, got -1/]],
  contrast: [contrast({ contrast: 0.4 }), [{ factor: Number.NaN }, /got NaN/]],
  crop: [
    crop({ size: 4, padding: 2 }),
    [{ top: 0.5, left: 0 }, /`draw\.top` must be a whole number/],
    [{ top: 10, left: 0 }, /`draw\.top` must be .* below 10, got 10/],
    [{ top: 0, left: -6 }, /`draw\.left` must be .* above -6/],
  ],
  cutout: [cutout({ length: 2 }), [{ row: 8, column: 0 }, /`draw\.row` must be .* at most 7, got 8/]],
  elastic: [elastic(), [{ displacement: [1, 2] }, /`draw\.displacement` must be a list of 128 finite numbers/]],
  equalize: [equalize(), [null, /true or false, got null/]],
  flip: [flip(), ['yes', /true or false, got "yes"/]],
  gamma: [gamma({ gamma: [1, 2] }), [{ gamma: -1 }, /`draw\.gamma`/]],
  gaussianBlur: [gaussianBlur({ kernelSize: 3 }), [{ sigmaX: 0, sigmaY: 1 }, /`draw\.sigmaX` must be .* above 0/]],
  gaussianNoise: [gaussianNoise(), [{ deviation: 0.1, seed: 0.5 }, /`draw\.seed` must be a whole number/]],
  grayscale: [grayscale(), [{}, /true or false/]],
  hue: [hue({ hue: 0.1 }), [{ shift: 0.6 }, /`draw\.shift` must be .* at most 0\.5, got 0\.6/]],
  invert: [invert(), [0, /true or false/]],
  lensDistortion: [lensDistortion({ distortion: 0.1 }), [{ distortion: 1 }, /`draw\.distortion` must be .* below 1/]],
  pcaLighting: [pcaLighting(), [{ alpha: [1, 2] }, /`draw\.alpha` must be a list of 3 finite numbers/]],
  perspective: [
    perspective(),
    [{}, /a draw must be null or \{ from, to \} with four corners/],
    [
      {
        from: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
        to: [
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      },
      /no three in a line/,
    ],
  ],
  posterize: [posterize({ bits: 4 }), [3, /true or false/]],
  randAugment: [
    randAugment(),
    [null, /a list of \{ operation, magnitude \}, got null/],
    [[{ operation: 'Posterize', magnitude: 9 }], /`draw\.magnitude` must be .* at most 8, got 9/],
    [[{ operation: 'Brightness', magnitude: -2 }], /`draw\.magnitude` must be .* at least -1/],
  ],
  randomErasing: [randomErasing(), [{ top: 5, left: 0, height: 4, width: 2 }, /`draw\.top` must be .* at most 4, got 5/]],
  resizedCrop: [resizedCrop({ size: 4 }), [{ top: 0, left: 0, height: 9, width: 2 }, /`draw\.top` must be .* at most -1/]],
  resizeShorter: [resizeShorter({ side: 4 }), [{ side: 0 }, /`draw\.side` must be .* at least 1/]],
  rotate: [rotate({ degrees: 3 }), [{ angle: Infinity }, /`draw\.angle` must be a finite number, got Infinity/]],
  saturation: [saturation({ saturation: 0.1 }), [{}, /`draw\.factor`.*got undefined/]],
  sharpness: [sharpness({ sharpness: 0.1 }), [[1], /a draw must be \{ factor \}, got \[1\]/]],
  solarize: [solarize({ threshold: 0.5 }), [null, /true or false/]],
  translate: [translate({ x: 0.1 }), [{ x: 1 }, /`draw\.y` must be a finite number, got undefined/]],
  trivialAugmentWide: [trivialAugmentWide(), [{ operation: 'Rotate' }, /`draw\.magnitude`.*got undefined/]],
  zoom: [zoom({ height: 0.1 }), [{ height: -1.5, width: 0 }, /`draw\.height` must be .* at least -1, got -1\.5/]],
};

describe.each(Object.entries(OPERATIONS))('draws of %s', (name, [operation, ...bad]) => {
  const replay = (draw: Json): void => tf.tidy(() => void compose([operation]).replay(black(), [[draw]]));

  test.each(bad)('that it cannot apply are refused: %j', (draw, message) => {
    expect(() => replay(draw)).toThrow(message);
    expect(() => replay(draw)).toThrow(new RegExp(` ${name}: `));
  });
});

test('draws must be one for each operation', () => {
  expect(() => tf.tidy(() => void compose([flip(), flip()]).replay(black(), [[true]]))).toThrow(/a draw for each of 2 operations, got 1/);
});

test.each(Object.entries(augmentation).filter(([name]) => name in OPERATIONS))('%s refuses an option that it has not', (name, make) => {
  const factory = make as (options?: unknown) => unknown;
  expect(() => factory({ probabilty: 1 })).toThrow(new RegExp(`\\[invalid-argument\\] ${name}: has no option \`probabilty\``));
  expect(() => factory(0.5)).toThrow(/takes an object with some of/);
});

const NEEDS_THREE = ['grayscale', 'hue', 'pcaLighting', 'saturation'];

test.each(Object.entries(OPERATIONS))('%s takes images of any number of channels, or says that it needs three', (name, [operation]) => {
  const run = (channels: number): void => tf.tidy(() => void compose([operation]).apply(black(channels)));
  for (const channels of [1, 2, 4])
    if (NEEDS_THREE.includes(name))
      expect(() => run(channels)).toThrow(`${name}: takes images of 3 channels (red, green, blue), got ${channels}`);
    else run(channels);
});

const images = (run: (images: tf.Tensor4D) => unknown): void => tf.tidy(() => void run(black()));

test.each<readonly [string, () => unknown, RegExp]>([
  [
    'fills for other channels',
    () => images((x) => compose([rotate({ degrees: 9, fill: [0, 1] })]).apply(x)),
    /rotate: `fill` must be one number or one for each of 3/,
  ],
  [
    'a fill that is none',
    () => pad({ padding: 1, fill: 'white' as never }),
    /pad: `fill` must be a number or one for each channel, got "white"/,
  ],
  [
    'means of other channels',
    () => images((x) => compose([normalize({ mean: [0], standardDeviation: [1] })]).apply(x)),
    /each of the image's 3 channels/,
  ],
  [
    'a mean that is no list',
    () => normalize({ mean: 0.5, standardDeviation: 1 } as never),
    /must be lists with a number for each channel, got 0\.5 and 1/,
  ],
  [
    'an erased box outside',
    () => images((x) => compose([erase({ top: 8, left: 0, height: 1, width: 1 })]).apply(x)),
    /`top` must be .* below 8, got 8/,
  ],
  [
    'erased values of NaN',
    () => erase({ top: 0, left: 0, height: 1, width: 1, value: Number.NaN }),
    /`value` must be a list of 1 finite numbers/,
  ],
  ['a place that is none', () => crop({ size: 3, place: 'center' as never }), /`place` must be one of 'random', 'centre', got "center"/],
  ['no size', () => crop({} as never), /`size` must be a number of pixels or \[height, width\], got undefined/],
  ['a size of three', () => resize({ size: [1, 2, 3] as never }), /got \[1,2,3\]/],
  ['an even kernel', () => gaussianBlur({ kernelSize: [3, 4] }), /`kernelSize` must be odd, got \[3,4\]/],
  ['one exponent', () => gamma({ gamma: 2 as never }), /`gamma` must be \[low, high\], got 2/],
  ['a factor that is none', () => brightness({} as never), /`brightness` must be .* at least 0, got undefined\. Or give \[low, high\]/],
  ['a shift for both axes', () => affine({ translate: 0.1 as never }), /`translate` must be a list of 2 finite numbers, got 0\.1/],
  ['eigenvalues of NaN', () => pcaLighting({ eigenvalues: [1, 2, Number.NaN] }), /`eigenvalues` must be a list of 3 finite numbers/],
  [
    'levels above 255',
    () => tf.tidy(() => void compose([]).apply(tf.add(tf.zeros<tf.Rank.R4>([1, 1, 1, 1], 'int32'), tf.scalar(300, 'int32')))),
    /levels from 0 to 255, got 300 in `images\[0\]`/,
  ],
  [
    'no images',
    () => tf.tidy(() => void compose([]).apply(tf.zeros<tf.Rank.R4>([0, 1, 1, 1]))),
    /got \[0,1,1,1\] of float32.*leave empty batches out/,
  ],
  ['nothing', () => compose([]).apply(undefined as never), /a batch must be images, or \{ images \}.*got undefined/],
  [
    'a misspelled sample',
    () => images((x) => compose([]).apply(x, { sample: [1] } as never)),
    /has no option `sample`\. Did you mean `samples`/,
  ],
  ['half an epoch', () => images((x) => compose([]).apply(x, { epoch: 0.5 })), /`epoch` must be a whole number, at least 0, got 0\.5/],
  ['half a sample', () => images((x) => compose([]).apply(x, { samples: [0.5] })), /`samples\[0\]` must be a whole number, got 0\.5/],
  [
    'a size without channels',
    () => compose([]).draw({ images: 1, height: 8, width: 8 } as never),
    /`channels` must be a whole number, at least 1, got undefined/,
  ],
  ['an operation by itself', () => compose(flip() as never), /`operations` must be a list such as \[flip\(\)\]/],
  ['mixing in a pipeline', () => compose([augmentation.mixup() as never]), /apply them to the batch that a pipeline returns/],
  ['a stream that is no name', () => compose([], { stream: 3 as never }), /`stream` must be a name, got 3/],
])('refused: %s', (_, run, message) => {
  expect(run).toThrow(message);
});
