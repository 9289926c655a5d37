import {
  augmentation,
  checkNumber,
  DownhillError,
  register,
  type Augmentation,
  type AugmentationDefinition,
  type Effect,
  type GeometryEffect,
  type ImageSize,
  type Json,
  type Matrix3,
} from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { augmentationChecks } from './augmentation-checks.ts';
import { imageChecks, type Compose } from './image-checks.ts';
import { testAugmentation } from './test-augmentation.ts';

const IMAGE: ImageSize = { height: 24, width: 20, channels: 3 };

interface Shift {
  pixels: number;
}

const moved = (across: number, { height, width }: ImageSize): GeometryEffect => ({
  ...{ kind: 'geometry', matrix: [1, 0, -across, 0, 1, 0, 0, 0, 1], height, width, interpolation: 'nearest', border: 'constant' },
});

function refuseUnlessWhole(name: string, draw: Json): void {
  if (!Number.isInteger(draw))
    throw new DownhillError({ code: 'invalid-argument', source: name, problem: `a draw must be a whole number, got ${String(draw)}` });
}

const definition = (name: string, { pixels }: Shift): AugmentationDefinition<number> => ({
  name,
  config: { pixels },
  draw: (draws) => draws.integer(2 * pixels + 1) - pixels,
  apply: (across, image) => [moved(across, image)],
  check: (draw) => refuseUnlessWhole(name, draw),
});

/** Moves an image by whole pixels to the left or the right. */
function shift(options: Shift): Augmentation<number> {
  checkNumber('shift', options as never, { min: 0, integer: true });
  return augmentation(definition('shift', options));
}

/** Runs operations one after the other on one image at a time: whole shifts, values added, and nothing else. */
const compose = (fault: 'none' | 'in place' | 'leak' | 'batch' | 'labels' | 'mask' = 'none'): Compose =>
  ((operations, { seed }) => {
    const numbersOf = (sample: number, epoch: number) => {
      let next = 0;
      const uniform = (): number =>
        ((((sample + 1) * 7919 + (seed + 1) * 104729 + (epoch + 1) * 31 + 17 * next++) * 2654435761) % 2 ** 32) / 2 ** 32;
      return {
        uniform: (low: number, high: number) => low + (high - low) * uniform(),
        normal: uniform,
        integer: (n: number) => Math.floor(n * uniform()),
        bernoulli: (p: number) => uniform() < p,
      };
    };
    const draw = (
      { images, ...size }: ImageSize & { images: number },
      { epoch = 0, samples = [...Array(images).keys()] }: { epoch?: number; samples?: ArrayLike<number> } = {},
    ) =>
      Array.from({ length: images }, (_, i) =>
        operations.map((operation) => operation.draw(numbersOf(samples[i] as number, epoch) as never, size)),
      );
    const once = (images: tf.Tensor4D, effects: readonly Effect[]): tf.Tensor4D =>
      effects.reduce((image, effect) => {
        if (effect.kind === 'colour') return tf.add(image, effect.matrix[3] as number) as tf.Tensor4D;
        const across = -(effect as GeometryEffect).matrix[2];
        const wide = tf.pad(image, [
          [0, 0],
          [0, 0],
          [Math.max(across, 0), Math.max(-across, 0)],
          [0, 0],
        ]);
        return tf.slice(wide, [0, 0, Math.max(-across, 0), 0], image.shape) as tf.Tensor4D;
      }, images);
    const replay = (images: tf.Tensor4D, drawn: readonly (readonly Json[])[]): tf.Tensor4D => {
      if (fault === 'leak') tf.keep(tf.zeros([1]));
      if (fault === 'in place') (images.dataSync() as Float32Array)[0]! += 1;
      return tf.tidy(() => {
        const [, height, width, channels] = images.shape;
        const effects = (i: number) =>
          operations.flatMap((operation, place) =>
            operation.apply(drawn[fault === 'batch' ? 0 : i]?.[place] ?? null, { height, width, channels }),
          );
        return tf.concat(tf.split(images, images.shape[0]).map((image, i) => once(image as tf.Tensor4D, effects(i)))) as tf.Tensor4D;
      });
    };
    const sizeOf = ({ shape: [images, height, width, channels] }: tf.Tensor4D) => ({ images, height, width, channels });
    return {
      draw,
      replay,
      apply(given: tf.Tensor4D | { images: tf.Tensor4D; masks: tf.Tensor4D; keypoints: number[][][]; boxes: number[][][] }, which = {}) {
        if (given instanceof tf.Tensor) return replay(given, draw(sizeOf(given), which));
        const { images, masks, keypoints, boxes } = given;
        const drawn = draw(sizeOf(images), which);
        const effects = operations.flatMap((operation) => operation.apply(drawn[0]![0]!, sizeOf(images)));
        const across =
          fault === 'labels'
            ? 0
            : effects.reduce((sum, effect) => sum - (effect.kind === 'geometry' ? (effect.points ?? effect.matrix)[2] : 0), 0);
        return {
          images: replay(images, drawn),
          masks: fault === 'mask' ? masks : replay(masks, drawn),
          keypoints: keypoints.map((points) => points.map(([x, y]) => [x! + across, y!, 2])),
          boxes: boxes.map((each) => each.map(([left, top, right, bottom]) => ({ box: [left! + across, top!, right! + across, bottom!] }))),
        };
      },
    };
  }) as Compose;

testAugmentation('shift', () => shift({ pixels: 3 }), { factories: { shift }, compose: compose() });
testAugmentation('shift', () => shift({ pixels: 0 }), { factories: { shift }, image: { height: 5, width: 7, channels: 1 } });

type Faulty = (options?: Shift) => Augmentation;
const operation =
  (fault: Partial<AugmentationDefinition<never>>): Faulty =>
  () =>
    augmentation({ ...definition('broken', { pixels: 3 }), config: {}, ...fault } as AugmentationDefinition<never>);

let calls = 0;
const geometry = (change: Partial<GeometryEffect>): Faulty =>
  operation({ apply: (across, image) => [{ ...moved(across, image), ...change }] });
const beside: Matrix3 = [1, 0, 5, 0, 1, 0, 0, 0, 1];

const sources: readonly (readonly [fault: string, check: string, says: string | RegExp, broken: Faulty, compose?: Compose])[] = [
  ['an object that is not frozen', 'is a frozen augmentation', 'frozen', () => ({ ...operation({})() })],
  ['a draw that JSON cannot hold', 'draws plain JSON', 'after it was written and read', operation({ draw: () => Number.NaN as never })],
  ['a count of the calls', 'draws the same', 'asked again', operation({ draw: () => ++calls as never })],
  ['chance', 'draws the same', 'calls of Math.random', operation({ apply: (_, image) => (Math.random() < 2 ? [moved(1, image)] : []) })],
  [
    'state between draw and effects',
    'does what the draw says',
    'effects of the same draws',
    () => {
      let last = 0;
      return operation({ draw: (draws) => (last = draws.integer(99)) as never, apply: (_, image) => [moved(last++, image)] })();
    },
  ],
  [
    'damage to the draw in place',
    'leaves the draw',
    'wrote into the draw',
    operation({ draw: () => [1] as never, apply: (draw, image) => [moved((draw as number[]).pop() ?? 0, image)] }),
  ],
  [
    'a matrix that cannot be inverted',
    'has effects that can be applied',
    '`matrix` must be nine numbers that can be inverted',
    geometry({ matrix: [0, 0, 0, 0, 1, 0, 0, 0, 1] }),
  ],
  [
    'a matrix of NaN',
    'has effects that can be applied',
    '`effect.matrix[2]` is NaN',
    geometry({ matrix: [1, 0, Number.NaN, 0, 1, 0, 0, 0, 1] }),
  ],
  ['half a pixel of height', 'has effects that can be applied', 'whole sides, got 2.5 x 20', geometry({ height: 2.5, width: 20 })],
  [
    'a displacement of another size',
    'has effects that can be applied',
    'a displacement has 960 numbers here, got 2',
    geometry({ displacement: new Float32Array(2) }),
  ],
  ['a fill of another image', 'has effects that can be applied', 'a fill has one number or 3, got 2', geometry({ fill: [0, 0] })],
  ['points that go elsewhere than pixels', 'has effects that can be applied', 'labels would not follow', geometry({ points: beside })],
  [
    'a colour matrix of another image',
    'has effects that can be applied',
    'a colour matrix has 12 numbers here, got 2',
    operation({ apply: () => [{ kind: 'colour', matrix: [1, 0], clamp: true }] }),
  ],
  [
    'an effect of no kind',
    'has effects that can be applied',
    'its kind must be geometry',
    operation({ apply: () => [{ kind: 'blur' } as never] }),
  ],
  ['damaged draws that are taken', 'takes its own draws', 'broken must refuse a draw whose value is NaN', operation({ check: () => {} })],
  ['own draws that are refused', 'takes its own draws', 'a draw must be', operation({ check: () => refuseUnlessWhole('broken', 0.5) })],
  [
    'a config that leaves an option out',
    'writes itself as JSON',
    "what 'broken' does, built from",
    (options) => operation({ draw: () => (options?.pixels ?? 9) as never })(),
  ],
  [
    'a bad number that is taken in silence',
    'refuses a bad number',
    'broken with pixels = NaN must throw a DownhillError',
    (options) => operation({ config: { pixels: options?.pixels ?? 1 } })(),
  ],
  [
    'values beyond white',
    'keeps values from 0 to 1',
    'declare leavesRange',
    operation({ apply: () => [{ kind: 'colour', matrix: [1, 0, 0, 0.5, 0, 1, 0, 0.5, 0, 0, 1, 0.5], clamp: false }] }),
  ],
  ['a batch under one draw', 'gives an image the same pixels', 'alone, against those in a batch', operation({}), compose('batch')],
  ['an image written in place', 'changes no image in place', 'an array of the images', operation({}), compose('in place')],
  ['a tensor kept', 'changes no image in place', 'tensors left by its runs', operation({}), compose('leak')],
  ['keypoints that stay behind', 'has labels follow', 'pixels away from the dot', operation({}), compose('labels')],
  ['masks that stay behind', 'has labels follow', 'pixels away from the mask', operation({}), compose('mask')],
];

// One name for all: what is registered under it is the factory that a test sets.
let factory: Faulty;
const standIn: Faulty = (options) => factory(options);

describe('testAugmentation finds', () => {
  beforeAll(() => register({ broken: standIn }));

  test.each(sources.map((source) => ({ fault: source[0], source })))(
    '$fault',
    async ({ source: [, check, says, broken, run = compose()] }) => {
      factory = broken;
      const make = (): Augmentation => broken({ pixels: 3 });
      const checks: Record<string, () => void | Promise<void>> = {
        ...augmentationChecks('broken', make, IMAGE),
        ...imageChecks(make, run, IMAGE),
      };
      const found = Object.entries(checks).find(([title]) => title.startsWith(check));
      await expect((async () => found?.[1]())(), `a check '${check}'`).rejects.toThrow(says);
    },
  );

  test('nothing wrong with values beyond white where that is declared', () => {
    const make = operation({ leavesRange: true });
    expect(Object.keys(imageChecks(make, compose(), IMAGE))).not.toContain('keeps values from 0 to 1');
  });
});
