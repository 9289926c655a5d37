import type { Augmentation } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  affine,
  crop,
  elastic,
  fiveCrop,
  flip,
  lensDistortion,
  multiScale,
  pad,
  perspective,
  predictViewMasks,
  resize,
  rotate,
  type View,
} from '../index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const HEIGHT = 24;
const WIDTH = 30;

/** Two waves of three channels, that hardly bend between two pixels. */
const smooth = (): tf.Tensor4D =>
  tf.tensor4d(
    Array.from({ length: 2 * HEIGHT * WIDTH * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH) % HEIGHT];
      return 0.5 + 0.25 * Math.sin(x / 5 + (i % 3) + Math.floor(pixel / (HEIGHT * WIDTH))) + 0.25 * Math.cos(y / 4);
    }),
    [2, HEIGHT, WIDTH, 3],
  );

const itself = (images: tf.Tensor4D): tf.Tensor4D => images;
/** So that what lies outside the image is not 0. */
const brighter = (images: tf.Tensor4D): tf.Tensor4D => tf.add(images, 1);
const values = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];
const mirror = flip({ probability: 1 });

describe('predictViewMasks', () => {
  test('brings back exactly what views of whole pixels show, and says where none looked', () => {
    const exact = fc.array(
      fc.constantFrom<Augmentation>(
        mirror,
        flip({ direction: 'vertical', probability: 1 }),
        pad({ padding: [1, 2, 3, 0] }),
        pad({ padding: 2, border: 'reflect' }),
        rotate({ degrees: [180, 180], interpolation: 'nearest' }),
        crop({ size: [9, 12], padIfNeeded: true }),
        crop({ size: 14, place: 'centre' }),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(exact, { minLength: 1, maxLength: 3 }), (views) => {
        fc.pre(
          !views.some((view) => view.some(({ name }, i) => name === 'crop' && view.slice(0, i).some((before) => before.name === 'crop'))),
        );
        tf.tidy(() => {
          const images = smooth();
          const seen = values(predictViewMasks(brighter, images, views, { unseen: -1 }));
          const isCut = views.every((view) => view.some(({ name }) => name === 'crop'));
          const known = values(images);
          for (const [i, value] of seen.entries()) if (value !== -1) expect(value).toBeCloseTo(known[i]! + 1, 6);
          expect(seen.includes(-1)).toBe(isCut);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('knows how much of an image five crops show', () => {
    tf.tidy(() => {
      const images = tf.ones<tf.Rank.R4>([1, 8, 8, 1]);
      const seen = values(predictViewMasks(itself, images, fiveCrop(3), { unseen: 7 }));
      // four corners and the middle, of nine pixels each, which share one
      expect(seen.filter((value) => value === 1)).toHaveLength(5 * 9 - 1);
      expect(seen.filter((value) => value === 7)).toHaveLength(64 - 44);
    });
  });

  test.each<readonly [string, View]>([
    ['turned', [rotate({ degrees: [25, 25] })]],
    ['sheared and smaller', [affine({ shearX: 10, scale: [0.8, 0.8] })]],
    ['tilted', [perspective({ distortion: 0.3, probability: 1 })]],
    ['larger', [resize({ size: [40, 50] })]],
    ['smaller', [resize({ size: [18, 20] })]],
    ['bent by a lens', [lensDistortion({ distortion: [0.2, 0.2] })]],
    ['on rubber', [elastic({ alpha: 20, sigma: 4 })]],
    ['mirrored, bent and tilted', [mirror, elastic({ alpha: 15, sigma: 5 }), perspective({ distortion: 0.2, probability: 1 })]],
  ])('brings back what is %s, but for two interpolations', (_, view) => {
    tf.tidy(() => {
      const images = smooth();
      const inner = (tensor: tf.Tensor4D): tf.Tensor => tf.slice(tensor, [0, 6, 6, 0], [2, HEIGHT - 12, WIDTH - 12, 3]);
      const off = tf.max(tf.abs(tf.sub(inner(predictViewMasks(itself, images, [view])), inner(images)))).dataSync()[0];
      // a pixel less at each step: the slope of the waves is 0.11 a pixel at most
      expect(off).toBeLessThan(0.03);
    });
  });

  test('counts a view for as much of a pixel as it covers', () => {
    tf.tidy(() => {
      const images = tf.zeros<tf.Rank.R4>([1, 4, 4, 1]);
      const left = [crop({ size: [4, 2] })] as const;
      const predict = (shown: tf.Tensor4D): tf.Tensor => (shown.shape[2] === 2 ? tf.ones(shown.shape) : tf.zeros(shown.shape));
      const covered = values(predictViewMasks(predict, images, [[], left], { unseen: 5 }));
      expect(new Set(covered)).toEqual(new Set([0, 0.5]));
      // half as large, the outermost pixels lie a quarter outside of the view's middles: its weight there is 0.75 a side
      const half = values(
        predictViewMasks((shown) => tf.fill(shown.shape, shown.shape[1] === 2 ? 1 : 0), images, [[], [resize({ size: 2 })]]),
      );
      expect(half[0]).toBeCloseTo(0.5625 / 1.5625, 6);
      expect(half[5]).toBeCloseTo(0.5, 6);
    });
  });

  test('shows nothing of what lies behind the horizon of a perspective', () => {
    tf.tidy(() => {
      // of the right half, whose own right side shrinks to half: nothing is shown of x < -2 there, and nothing of x < 0
      const right = { ...crop({ size: 4 }), draw: () => ({ top: 0, left: 4 }) };
      const narrowing = {
        from: [
          [0, 0],
          [2, 0],
          [2, 2],
          [0, 2],
        ],
        to: [
          [0, 0],
          [1, 0.5],
          [1, 1.5],
          [0, 2],
        ],
      };
      const tilted = { ...perspective(), draw: () => narrowing };
      const seen = values(predictViewMasks(itself, tf.ones<tf.Rank.R4>([1, 4, 8, 1]), [[right, tilted]], { unseen: -1 }));
      const columns = Array.from({ length: 8 }, (_, x) => Math.max(...[0, 1, 2, 3].map((y) => seen[8 * y + x]!)));
      expect(columns.map(Math.round)).toEqual([-1, -1, -1, -1, 1, 1, 1, 1]);
    });
  });

  test('gives the same bits on wasm, for any number of classes', async () => {
    const run = async (backend: string): Promise<number[]> => {
      await tf.setBackend(backend);
      return tf.tidy(() =>
        values(
          predictViewMasks(
            (shown) => tf.concat([shown, tf.sub(1, shown)], 3),
            smooth(),
            multiScale([[], [mirror, crop({ size: 12 })]], { sides: [16, 30] }),
          ),
        ),
      );
    };
    const onCpu = await run('cpu');
    expect(onCpu).toHaveLength(2 * HEIGHT * WIDTH * 6);
    expect(await run('wasm')).toEqual(onCpu);
    await tf.setBackend('cpu');
  });

  test('leaves its result alone behind, and nothing when it throws', () => {
    const images = smooth();
    const before = tf.memory().numTensors;
    predictViewMasks((shown) => tf.softmax(shown), images, [[mirror], []]).dispose();
    let calls = 0;
    const changing = (shown: tf.Tensor4D): tf.Tensor => tf.zeros([...shown.shape.slice(0, 3), ++calls]);
    const refused: readonly (readonly [() => unknown, RegExp])[] = [
      [() => predictViewMasks(itself, images, []), /`views` must hold at least one view.*got none/],
      [() => predictViewMasks(itself, images, [mirror] as never), /each a list of operations, got what is no list/],
      [() => predictViewMasks(changing, images, [[], [mirror]]), /as many classes for each view, got 1 and 2/],
      [
        () => predictViewMasks((shown) => tf.mean(shown, [1, 2]), images, [[]]),
        /must return one tensor \[2, 24, 30, any\] of float32, got \[2,3\]/,
      ],
      [() => predictViewMasks((shown) => tf.argMax(shown, 3), images, [[]]), /of float32, got \[2,24,30\] of int32.*Give probabilities/],
      [() => predictViewMasks((shown) => [shown] as never, images, [[]]), /got no tensor/],
      [() => predictViewMasks((shown) => tf.log(tf.neg(tf.abs(shown))), images, [[]]), /non-finite.*`predictions\[0\]` holds NaN/],
      [() => predictViewMasks(itself, images, [[lensDistortion({ distortion: [-0.9, -0.9] })]]), /unsupported.*folds the picture/],
      [() => predictViewMasks(itself, images, [[]], { unseen: Number.NaN }), /`unseen` must be a finite number/],
    ];
    for (const [run, message] of refused) expect(run).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
    images.dispose();
  });
});
