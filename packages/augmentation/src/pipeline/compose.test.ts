import { randomStream, streamKey, type Augmentation } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  affine,
  autoAugment,
  brightness,
  compose,
  contrast,
  crop,
  cutout,
  elastic,
  flip,
  gaussianBlur,
  hue,
  normalize,
  pad,
  randAugment,
  randomErasing,
  resize,
  resizedCrop,
  rotate,
  saturation,
} from '../index.ts';

/** Seeded fractions in steps of 1/512. */
const pictures = (shape: [number, number, number, number], seed = 1): tf.Tensor4D => {
  const numbers = randomStream(streamKey(seed, 'pictures'));
  return tf.tensor4d(
    Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => numbers.integerBelow(i, 513) / 512),
    shape,
  );
};

const values = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

const CIFAR = [
  crop({ size: 16, padding: 2 }),
  flip(),
  brightness({ brightness: 0.4 }),
  saturation({ saturation: 0.4 }),
  normalize({ mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.2, 0.3] }),
  cutout({ length: 6 }),
];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('compose', () => {
  test('what is drawn for a sample depends on seed, stream, epoch and its index alone, not on the batch', () => {
    const pipeline = compose([...CIFAR, randAugment(), randomErasing()], { seed: 7 });
    const size = { height: 16, width: 16, channels: 3 };
    const all = pipeline.draw({ images: 6, ...size }, { epoch: 3, samples: [0, 1, 2, 3, 4, 5] });
    const some = pipeline.draw({ images: 2, ...size }, { epoch: 3, samples: [5, 2] });
    expect(some).toEqual([all[5], all[2]]);
    expect(pipeline.draw({ images: 1, ...size }, { epoch: 4, samples: [5] })).not.toEqual([all[5]]);
    expect(compose(CIFAR, { seed: 8 }).draw({ images: 1, ...size })).not.toEqual(compose(CIFAR, { seed: 7 }).draw({ images: 1, ...size }));
    expect(compose(CIFAR, { stream: 'other' }).draw({ images: 1, ...size })).not.toEqual(compose(CIFAR).draw({ images: 1, ...size }));
  });

  test('draws are plain JSON, and replaying them gives the same bits', () => {
    tf.tidy(() => {
      const pipeline = compose([...CIFAR, autoAugment({ policy: 'cifar10' })], { seed: 1 });
      const images = pictures([3, 16, 16, 3]);
      const drawn = pipeline.draw({ images: 3, height: 16, width: 16, channels: 3 }, { epoch: 2 });
      expect(values(pipeline.replay(images, JSON.parse(JSON.stringify(drawn)) as typeof drawn))).toEqual(
        values(pipeline.apply(images, { epoch: 2 })),
      );
    });
  });

  test('joins geometry to one resampling and what is done pixel by pixel to one pass, and says so', () => {
    expect(
      compose(CIFAR).explain({ height: 16, width: 16, channels: 3 }, [
        { top: 1, left: -1 },
        true,
        { factor: 1.2 },
        { factor: 0.8 },
        null,
        { row: 3, column: 4 },
      ]),
    ).toBe(
      [
        'crop, flip, brightness, saturation, normalize, cutout: 2 passes',
        '1. resample to 16 x 16 (nearest, constant): all geometry since the pass before, as one matrix',
        '2. pixel by pixel: colour matrix, colour matrix, erase',
      ].join('\n'),
    );
  });

  test('what looks at more than one pixel stands by itself', () => {
    const passes = compose([rotate({ degrees: 10 }), gaussianBlur({ kernelSize: 3 }), contrast({ contrast: 0.4 }), affine({ degrees: 5 })]);
    expect(passes.explain({ height: 16, width: 16, channels: 3 })).toMatch(
      /4 passes\n1\. resample.*\n2\. blur.*\n3\. contrast.*\n4\. resample/,
    );
  });

  test('a turn and a turn back are one resampling that changes nothing in the middle, where two would blur', () => {
    tf.tidy(() => {
      const images = pictures([1, 21, 21, 1]);
      const there = rotate({ degrees: 90 });
      const both = compose([there, there]).replay(images, [[{ angle: 30 }, { angle: -30 }]]);
      const apart = compose([there, there], { faithful: true }).replay(images, [[{ angle: 30 }, { angle: -30 }]]);
      const middle = (tensor: tf.Tensor4D): tf.Tensor => tf.slice(tensor, [0, 7, 7, 0], [1, 7, 7, 1]);
      const off = (tensor: tf.Tensor4D): number => tf.max(tf.abs(tf.sub(middle(tensor), middle(images)))).dataSync()[0]!;
      expect(off(both)).toBeLessThan(1e-6);
      expect(off(apart)).toBeGreaterThan(0.05);
    });
  });

  test('joined passes give what the operations give one after the other, where each shows whole pixels', async () => {
    const exact: fc.Arbitrary<readonly Augmentation[]> = fc.array(
      fc.oneof(
        fc.constantFrom<Augmentation>(
          flip({ probability: 0.7 }),
          flip({ direction: 'vertical', probability: 0.7 }),
          pad({ padding: 2, border: 'reflect' }),
          pad({ padding: [1, 0, 2, 1], border: 'edge' }),
          pad({ padding: 1, fill: 0.5 }),
          crop({ size: [9, 7], padding: 3 }),
          crop({ size: 8, padIfNeeded: true, place: 'centre' }),
          rotate({ degrees: [90, 90], interpolation: 'nearest' }),
        ),
      ),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(exact, fc.nat(), async (operations, seed) => {
        tf.tidy(() => {
          const images = pictures([2, 9, 9, 2], seed);
          const joined = compose(operations, { seed }).apply(images);
          const apart = compose(operations, { seed, faithful: true }).apply(images);
          expect(joined.shape).toEqual(apart.shape);
          expect(values(joined)).toEqual(values(apart));
        });
      }),
      { numRuns: 150 },
    );
  });

  test('one colour matrix in place of several is off by float32 roundings, where nothing is cut off between', () => {
    tf.tidy(() => {
      const images = tf.add(tf.mul(pictures([2, 8, 8, 3]), 0.2), 0.4) as tf.Tensor4D;
      const operations = [
        brightness({ brightness: 0.1 }),
        saturation({ saturation: 0.3 }),
        normalize({ mean: [0.5, 0.5, 0.5], standardDeviation: [0.5, 0.4, 0.3] }),
      ];
      const joined = compose(operations).apply(images);
      const apart = compose(operations, { faithful: true }).apply(images);
      expect(tf.max(tf.abs(tf.sub(joined, apart))).dataSync()[0]).toBeLessThan((4 * 2 ** -24) / 0.3);
    });
  });

  test('levels from 0 to 255 come back as levels', () => {
    tf.tidy(() => {
      const levels = tf.cast(tf.mul(pictures([1, 6, 6, 3]), 255), 'int32') as tf.Tensor4D;
      const mirrored = compose([flip({ probability: 1 })]).apply(levels);
      expect(mirrored.dtype).toBe('int32');
      expect(values(mirrored)).toEqual(values(tf.reverse(levels, 2)));
    });
  });

  test('gives the same bits on every backend', async () => {
    const pipeline = compose([...CIFAR, hue({ hue: 0.1 }), autoAugment(), resizedCrop({ size: 9 })], { seed: 5 });
    const run = async (backend: string): Promise<number[]> => {
      await tf.setBackend(backend);
      return tf.tidy(() => values(pipeline.apply(pictures([4, 16, 16, 3]), { epoch: 1 })));
    };
    expect(await run('wasm')).toEqual(await run('cpu'));
  });

  test('leaves the images as they are, and no tensor behind but its result', () => {
    const images = pictures([2, 16, 16, 3]);
    const before = { numTensors: tf.memory().numTensors, values: values(images) };
    const pipeline = compose([...CIFAR, elastic({ alpha: 4, sigma: 2 }), hue({ hue: 0.1 }), resizedCrop({ size: 8 })]);
    pipeline.apply(images).dispose();
    expect(values(images)).toEqual(before.values);
    expect(() => compose([crop({ size: 40 })]).apply(images)).toThrow();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    images.dispose();
  });

  test.each<readonly [string, () => unknown, RegExp]>([
    ['no operation', () => compose([{} as never]), /`operations\[0\]` must be an operation such as flip\(\), got \{\}/],
    [
      'a box larger than the image',
      () => compose([crop({ size: 40 })]).apply(pictures([1, 8, 8, 3])),
      /a box of 40 x 40 is larger than the image, 8 x 8 with a padding of 0/,
    ],
    [
      'an image of one channel where three are needed',
      () => compose([hue({ hue: 0.1 })]).apply(pictures([1, 8, 8, 1])),
      /hue: takes images of 3 channels/,
    ],
    [
      'an image without a batch',
      () => compose([flip()]).apply(tf.zeros([8, 8, 3]) as tf.Tensor as tf.Tensor4D),
      /images must be \[batch, height, width, channels\]/,
    ],
    ['NaN', () => compose([flip()]).apply(tf.tensor4d([Number.NaN], [1, 1, 1, 1])), /`images\[0\]` holds NaN/],
    [
      'images that end with different sizes',
      () => compose([pad({ padding: 1 }), crop({ size: 3, place: 'centre' })]).replay(pictures([1, 8, 8, 3]), []),
      /there must be draws for each of 1 images, got 0/,
    ],
    ['a magnitude out of range', () => hue({ hue: 0.7 }), /`hue` must be a finite number, at least -0.5 and at most 0.5, got 0.7/],
    ['a size of no pixels', () => resize({ size: 0 }), /`size` must be a whole number, at least 1, got 0/],
    [
      'a box outside the image',
      () => compose([flip()]).apply({ images: pictures([1, 8, 8, 3]), boxes: [[[0, 0, 9, 4]]] }),
      /`boxes\[0\]\[0\]` must be a box in the image, 8 x 8, got \[0,0,9,4\]/,
    ],
  ])('refuses %s', (_, run, message) => {
    expect(() => tf.tidy(() => void run())).toThrow(message);
  });
});
