import type { Augmentation, Json } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  affine,
  compose,
  crop,
  elastic,
  flip,
  lensDistortion,
  pad,
  perspective,
  resize,
  resizedCrop,
  resizeShorter,
  rotate,
  type FollowedBox,
  type FourNumbers,
  type Keypoint,
  type KeypointOptions,
  type Pipeline,
  type Point,
} from '../index.ts';

const HEIGHT = 44;
const WIDTH = 52;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const GEOMETRY: Readonly<Record<string, readonly Augmentation[]>> = {
  flip: [flip({ probability: 1 }), flip({ direction: 'vertical' })],
  crop: [crop({ size: [36, 44], padding: 4 })],
  pad: [pad({ padding: [1, 2, 3, 4] })],
  'resize, antialiased': [resize({ size: [30, 80] })],
  'resize, bicubic': [resize({ size: [60, 40], interpolation: 'bicubic' })],
  resizeShorter: [resizeShorter({ side: [30, 60] })],
  resizedCrop: [resizedCrop({ size: 40, scale: [0.5, 1] })],
  affine: [affine({ degrees: 30, translate: [0.1, 0.1], scale: [0.7, 1.4], shearX: 15, shearY: 10 })],
  rotate: [rotate({ degrees: 180, centre: [20, 20] })],
  perspective: [perspective({ distortion: 0.4, probability: 1 })],
  elastic: [elastic({ alpha: 12, sigma: 5 })],
  'lensDistortion, barrel': [lensDistortion({ distortion: [0.05, 0.4] })],
  'lensDistortion, pincushion': [lensDistortion({ distortion: [-0.25, -0.05] })],
  'all of them': [rotate({ degrees: 20 }), elastic({ alpha: 12, sigma: 5 }), perspective({ distortion: 0.2 }), flip(), crop({ size: 40 })],
};

/** A soft dot. */
const dotAt = (x: number, y: number): tf.Tensor4D =>
  tf.tensor4d(
    Array.from({ length: HEIGHT * WIDTH }, (_, i) => {
      const [across, down] = [(i % WIDTH) + 0.5 - x, Math.floor(i / WIDTH) + 0.5 - y];
      return Math.exp(-(across * across + down * down) / (2 * 1.5 ** 2));
    }),
    [1, HEIGHT, WIDTH, 1],
  );

/** The middle of what is bright. */
function middleOf(images: tf.Tensor4D): readonly [number, number] {
  const [, , width] = images.shape;
  let [sum, across, down] = [0, 0, 0];
  for (const [i, value] of images.dataSync().entries()) {
    sum += value;
    across += value * ((i % width) + 0.5);
    down += value * (Math.floor(i / width) + 0.5);
  }
  return [across / sum, down / sum];
}

const seeds = fc.record({
  seed: fc.nat(),
  x: fc.double({ min: 14, max: WIDTH - 14, noNaN: true }),
  y: fc.double({ min: 14, max: HEIGHT - 14, noNaN: true }),
});

describe('labels follow pixels', () => {
  test.each(Object.entries(GEOMETRY))('a keypoint stays on the dot that was painted there: %s', (_, operations) => {
    let followed = 0;
    fc.assert(
      fc.property(seeds, ({ seed, x, y }) => {
        tf.tidy(() => {
          const { images, keypoints } = compose(operations, { seed }).apply({ images: dotAt(x, y), keypoints: [[[x, y]]] });
          const [, height, width] = images.shape;
          const [toX, toY] = keypoints[0]![0]!;
          if (Math.min(toX, toY, width - toX, height - toY) < 8) return; // else a part of the dot is cut off
          followed++;
          const [middleX, middleY] = middleOf(images);
          // a dot of this size is bent by the map's second derivative, σ² / 2 times it: in 250 runs 0.1 at most
          expect(Math.hypot(middleX - toX, middleY - toY)).toBeLessThan(0.25);
        });
      }),
      { numRuns: 50 },
    );
    expect(followed).toBeGreaterThan(10);
  });

  test('the nearest neighbours of PyTorch lie half a pixel beside the point at most', () => {
    tf.tidy(() => {
      const pipeline = compose([resize({ size: [22, 26], interpolation: 'nearest' })]);
      const { images, keypoints } = pipeline.apply({ images: dotAt(26, 22), keypoints: [[[26, 22]]] });
      expect(keypoints).toEqual([[[13, 11, 2]]]);
      const [x, y] = middleOf(images);
      expect(Math.max(Math.abs(x - 13), Math.abs(y - 11))).toBeLessThan(0.3);
    });
  });

  test.each(Object.entries(GEOMETRY))('a box holds all pixels of what it held: %s', (name, operations) => {
    // the bend of a displacement between two points of an edge, a pixel apart; and of two resamplings a pixel is off by half of one in the first
    const slack = name === 'all of them' ? 1 : 0.1;
    const edge = (side: number): fc.Arbitrary<[number, number]> =>
      fc.tuple(fc.integer({ min: 0, max: side - 1 }), fc.integer({ min: 1, max: side })).filter(([low, high]) => low < high);
    fc.assert(
      fc.property(fc.nat(), edge(WIDTH), edge(HEIGHT), (seed, [left, right], [top, bottom]) => {
        tf.tidy(() => {
          const inside = (i: number): boolean => {
            const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
            return x >= left && x < right && y >= top && y < bottom;
          };
          const masks = tf.tensor4d(
            Array.from({ length: HEIGHT * WIDTH }, (_pixel, i) => Number(inside(i))),
            [1, HEIGHT, WIDTH, 1],
          );
          const moved = compose(operations, { seed }).apply({ images: masks, masks, boxes: [[[left, top, right, bottom]]] });
          const [, , width] = moved.masks.shape;
          const shown = [...moved.masks.dataSync()].flatMap((value, i) =>
            value === 1 ? [[(i % width) + 0.5, Math.floor(i / width) + 0.5]] : [],
          );
          const [x0, y0, x1, y1] = moved.boxes[0]![0]?.box ?? [Infinity, Infinity, -Infinity, -Infinity];
          const out = shown.filter(([x = 0, y = 0]) => x < x0 - slack || x > x1 + slack || y < y0 - slack || y > y1 + slack);
          expect(out).toEqual([]);
        });
      }),
      { numRuns: 40 },
    );
  });
});

/** What a pipeline makes of boxes on an image of 8 x 8. */
function boxesOf(pipeline: Pipeline, boxes: readonly FourNumbers[], draws: readonly Json[]): readonly FollowedBox[] {
  let moved: readonly FollowedBox[] = [];
  tf.tidy(() => {
    [moved = []] = pipeline.replay({ images: tf.zeros<tf.Rank.R4>([1, 8, 8, 1]), boxes: [boxes] }, [draws]).boxes;
  });
  return moved;
}

const mirror = flip({ probability: 1 });
const middle = crop({ size: 4, place: 'centre' });
const MIDDLE = { top: 2, left: 2 };

describe('boxes', () => {
  test.each([
    ['xyxy', [1, 2, 4, 6], [4, 2, 7, 6]],
    ['xywh', [1, 2, 3, 4], [4, 2, 3, 4]],
    ['cxcywh', [2.5, 4, 3, 4], [5.5, 4, 3, 4]],
  ] as const)('come back in the format that they had: %s', (format, given, expected) => {
    expect(boxesOf(compose([mirror], { boxes: { format } }), [given], [true])).toEqual([
      { box: expected, uncut: expected, visible: 1, index: 0 },
    ]);
  });

  test('of which too little is left are dropped, and the others say which they were', () => {
    const given: FourNumbers[] = [
      [0, 0, 1, 1], // outside
      [0, 2, 4, 4], // half of it inside
      [1, 2, 5, 4], // three quarters
      [3, 3, 3, 5], // without area
    ];
    const indices = (minimumVisible: number): number[] =>
      boxesOf(compose([middle], { boxes: { minimumVisible } }), given, [MIDDLE]).map(({ index }) => index);
    expect([indices(0), indices(0.5), indices(0.51), indices(1)]).toEqual([[1, 2], [1, 2], [2], []]);
    expect(boxesOf(compose([middle], { boxes: { minimumVisible: 0.75 } }), given, [MIDDLE])).toEqual([
      { box: [0, 0, 3, 2], uncut: [-1, 0, 3, 2], visible: 0.75, index: 2 },
    ]);
  });

  test('that were turned are what holds their corners', () => {
    const [turned] = boxesOf(compose([rotate({ degrees: 45 })]), [[2, 2, 6, 6]], [{ angle: 45 }]);
    const half = Math.SQRT2 * 2;
    for (const [i, side] of turned!.box.entries()) expect(side).toBeCloseTo(4 + (i < 2 ? -half : half), 9);
  });

  test('a corner that is outside by roundings of float32 alone is inside', () => {
    expect(boxesOf(compose([]), [[0, 0, 8 + 1e-6, 8]], [])).toHaveLength(1);
    expect(() => boxesOf(compose([]), [[0, 0, 8.001, 8]], [])).toThrow(/must be a box in the image, 8 x 8/);
  });

  test('that reach behind the horizon of a perspective are what is in front of it', () => {
    const square = (side: number): readonly (readonly number[])[] => [
      [0, 0],
      [side, 0],
      [side, side],
      [0, side],
    ];
    const narrowing = [
      [0, 0],
      [1, 0.5],
      [1, 1.5],
      [0, 2],
    ];
    // the right side shrinks to half: 1 / (1 + x / 2) of it is left at x, and nothing is shown of x < -2, which was x < 0 before the crop
    const draws = [
      { top: 0, left: 4 },
      { from: square(2), to: narrowing },
    ];
    const [left, right] = boxesOf(
      compose([crop({ size: 4 }), perspective()]),
      [
        [0, 0, 8, 8],
        [0, 0, 1, 1],
      ],
      draws,
    );
    expect(left!.index).toBe(0);
    expect(left!.box).toEqual([0, 0, expect.closeTo(4 / 3, 9), 4]);
    expect(left!.uncut.every(Number.isFinite)).toBe(true);
    expect(right).toBeUndefined();
  });
});

describe('a displacement', () => {
  const SIDE = 24;
  const rubber = elastic({ alpha: 40, sigma: 4 });
  const elasticDraw = (): readonly number[] => {
    const [[draw] = []] = compose([rubber], { seed: 3 }).draw({ images: 1, height: SIDE, width: SIDE, channels: 1 });
    return (draw as { displacement: number[] }).displacement;
  };
  const followed = (points: readonly Point[], operation: Augmentation, draw: Json, side = SIDE): readonly Keypoint[] => {
    const images = tf.zeros<tf.Rank.R4>([1, side, side, 1]);
    try {
      const moved = compose([operation]).replay({ images, keypoints: [points] }, [[draw]]);
      moved.images.dispose();
      return moved.keypoints[0]!;
    } finally {
      images.dispose();
    }
  };

  test('is undone exactly: what a pixel shows goes to the middle of that pixel', () => {
    const displacement = elasticDraw();
    const middles = Array.from({ length: SIDE * SIDE }, (_, i): Point => [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5]);
    const shown = middles.map(([x, y], i): Point => [x + Math.fround(displacement[2 * i]!), y + Math.fround(displacement[2 * i + 1]!)]);
    for (const [i, [x, y]] of followed(shown, rubber, { displacement }).entries())
      expect(Math.hypot(x - middles[i]![0], y - middles[i]![1])).toBeLessThan(1e-5);
  });

  test.each([-0.33, -0.1, 0.3, 0.9])('of a lens with k = %f brings r (1 + k r²) to r', (distortion) => {
    const side = 400; // bilinear in between, so that the field is off by a thousandth of a pixel
    const corner = side / Math.SQRT2;
    const lens = lensDistortion({ distortion: 0.95 });
    const [first] = followed([[side / 2 + 0.3 * (1 + distortion * 0.09) * corner, side / 2]], lens, { distortion }, side);
    expect(Math.hypot(first![0] - side / 2 - 0.3 * corner, first![1] - side / 2)).toBeLessThan(0.01);
  });

  test('that folds the picture is refused for what lies in the fold, and followed elsewhere', () => {
    const lens = lensDistortion({ distortion: 0.95 });
    const side = 200;
    // r (1 - r² / 2) has its maximum, 0.544, at r = 0.816, and is 0.5 again in the corners
    const at = (r: number): Point => [100 + 100 * r, 100 + 100 * r];
    expect(() => followed([at(0.52)], lens, { distortion: -0.5 }, side)).toThrow(
      /\[unsupported\] augmentation: no single place shows the point \(152\.0, 152\.0\): the displacement folds the picture there/,
    );
    const [near] = followed([at(0.2 * (1 - 0.02))], lens, { distortion: -0.5 }, side);
    expect(near![0]).toBeCloseTo(120, 1);
  });
});

describe('keypoints', () => {
  const names = ['nose', 'left eye', 'right eye'];
  const moved = (
    points: readonly (Point | Keypoint)[],
    options: KeypointOptions,
    operations: readonly Augmentation[],
  ): readonly Keypoint[] => {
    let keypoints: readonly Keypoint[] = [];
    tf.tidy(() => {
      [keypoints = []] = compose(operations, { keypoints: options }).apply({
        images: tf.zeros<tf.Rank.R4>([1, 8, 8, 1]),
        keypoints: [points],
      }).keypoints;
    });
    return keypoints;
  };
  const face: readonly Keypoint[] = [
    [4, 4, 2],
    [2, 3, 1],
    [5, 3, 2],
  ];

  test.each<readonly [string, KeypointOptions]>([
    ['named', { names, swaps: [['left eye', 'right eye']] }],
    ['numbered', { swaps: [[1, 2]] }],
  ])('that are left and right change places in a mirror, with their visibility: %s', (_, options) => {
    expect(moved(face, options, [mirror])).toEqual([
      [4, 4, 2],
      [3, 3, 2],
      [6, 3, 1],
    ]);
  });

  test('stay in their places where the picture is turned over twice, or turned', () => {
    const options = { swaps: [[1, 2]] } as const;
    const upside = flip({ direction: 'vertical', probability: 1 });
    expect(moved(face, options, [mirror, upside])).toEqual(moved(face, {}, [mirror, upside]));
    expect(moved(face, options, [rotate({ degrees: [90, 90] })])).toEqual(moved(face, {}, [rotate({ degrees: [90, 90] })]));
    expect(moved(face, options, [upside])).not.toEqual(moved(face, {}, [upside]));
  });

  test('swap within each object of an image', () => {
    const other = face.map(([x, y]): Keypoint => [x + 1, y + 2, 2]);
    const options: KeypointOptions = { names, swaps: [[1, 2]] };
    expect(moved([...face, ...other], options, [mirror])).toEqual([...moved(face, options, [mirror]), ...moved(other, options, [mirror])]);
  });

  test('outside the new image are not visible; without a label they stay so', () => {
    expect(
      moved(
        [
          [0.5, 4],
          [2, 2, 1],
          [5.99, 5.99],
          [6, 5],
          [0, 0, 0],
        ],
        {},
        [middle],
      ),
    ).toEqual([
      [-1.5, 2, 0],
      [0, 0, 1],
      [5.99 - 2, 5.99 - 2, 2],
      [4, 3, 0],
      [0, 0, 0],
    ]);
  });

  test.each<readonly [string, KeypointOptions, RegExp]>([
    ['an unknown name', { names, swaps: [['left eye', 'rigth eye']] }, /unknown-name.*names "rigth eye".*Did you mean 'right eye'\?/],
    ['an index that is none', { names, swaps: [[1, 3]] }, /names 3, which is no point/],
    ['a name where no names are given', { swaps: [['a', 'b']] }, /names "a".*Give an index/],
    [
      'a point in two pairs',
      {
        swaps: [
          [0, 1],
          [1, 2],
        ],
      },
      /each in one pair at most/,
    ],
    ['a point with itself', { swaps: [[1, 1]] }, /pairs of different points/],
    ['a misspelled option', { swap: [] } as KeypointOptions, /has no option `swap`.*Did you mean `swaps`/],
  ])('refuse %s', (_, options, message) => {
    expect(() => compose([], { keypoints: options })).toThrow(message);
  });
});
