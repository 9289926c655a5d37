import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { testLayer } from '@downhill/conformance';
import { randomStream, streamKey } from '@downhill/core';
import { seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  RandomBrightness,
  RandomContrast,
  RandomCrop,
  RandomFlip,
  RandomRotation,
  RandomTranslation,
  RandomZoom,
  registerKerasLayers,
  type FillConfig,
} from '../keras-layers.ts';

type Layer = layers.Layer;

/** Whole levels from 0 to 255. */
function levels(shape: [number, number, number, number], key = 0): tf.Tensor4D {
  const { integerBelow } = randomStream(streamKey(key, 'levels'));
  return tf.tensor4d(
    Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => integerBelow(i, 256)),
    shape,
  );
}

const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

/** One column of pixels, one channel. */
const column = (...values: number[]): tf.Tensor4D => tf.tensor4d(values, [1, values.length, 1, 1]);

function seeded(layer: Layer, inputShape: readonly (number | null)[], seed = 1): LayersModel {
  const model = sequential({ layers: [layers.inputLayer({ inputShape: [...inputShape] }), layer] });
  seedModel(model, seed);
  return model;
}

function trained(layer: Layer, x: tf.Tensor4D, seed = 1): tf.Tensor4D {
  return seeded(layer, x.shape.slice(1), seed).apply(x, { training: true }) as tf.Tensor4D;
}

const LAYERS: Readonly<Record<string, (config?: object) => Layer>> = {
  RandomFlip: (config) => new RandomFlip({ ...config }),
  RandomRotation: (config) => new RandomRotation({ factor: [-0.1, 0.2], ...config }),
  RandomZoom: (config) => new RandomZoom({ heightFactor: 0.3, widthFactor: [-0.2, 0.4], ...config }),
  RandomTranslation: (config) => new RandomTranslation({ heightFactor: 0.3, widthFactor: 0.2, ...config }),
  RandomCrop: (config) => new RandomCrop({ height: 4, width: 5, ...config }),
  RandomContrast: (config) => new RandomContrast({ factor: [0.4, 0.9], ...config }),
  RandomBrightness: (config) => new RandomBrightness({ factor: 0.3, ...config }),
};

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

for (const [name, make] of Object.entries(LAYERS))
  testLayer(name, () => make(), { inputShape: [7, 8, 3], inputRange: [0, 255], register: registerKerasLayers });

describe.each(Object.entries(LAYERS))('%s', (name, make) => {
  test('leaves images outside training as they are', () => {
    if (name === 'RandomCrop') return; // it has a size
    tf.tidy(() => {
      const x = levels([4, 7, 8, 3]);
      expect(numbers(seeded(make(), [7, 8, 3]).apply(x, { training: false }) as tf.Tensor)).toEqual(numbers(x));
    });
  });

  test('has a seed of its own', () => {
    tf.tidy(() => {
      const x = levels([4, 7, 8, 3]);
      const [first, same, other] = [3, 3, 4].map((seed) => String(numbers(trained(make({ seed }), x))));
      expect(same).toBe(first);
      expect(other).not.toBe(first);
    });
  });

  test('takes channels first', () => {
    tf.tidy(() => {
      const x = levels([3, 7, 8, 3]);
      const expected = tf.transpose(trained(make(), x), [0, 3, 1, 2]);
      const found = trained(make({ dataFormat: 'channels_first' }), tf.transpose(x, [0, 3, 1, 2]));
      expect(found.shape).toEqual(expected.shape);
      expect(numbers(found)).toEqual(numbers(expected));
    });
  });

  test('gives float32 for levels of int32', () => {
    tf.tidy(() => {
      const x = levels([2, 7, 8, 3]);
      const whole = trained(make({ dtype: 'int32' }), tf.cast(x, 'int32'));
      expect(whole.dtype).toBe('float32');
      expect(numbers(whole)).toEqual(numbers(trained(make(), x)));
    });
  });

  test('refuses what is no batch of images', () => {
    expect(() => sequential({ layers: [make({ inputShape: [7, 8] })] })).toThrow(
      expect.objectContaining({ code: 'shape-mismatch', message: expect.stringContaining(name) as string }),
    );
  });
});

describe('RandomFlip', () => {
  test.each([
    ['horizontal', [2]],
    ['vertical', [1]],
    ['horizontal_and_vertical', [1, 2]],
  ] as const)('%s turns over some images of a batch', (mode, axes) => {
    tf.tidy(() => {
      const x = levels([40, 2, 3, 1]);
      const y = tf.unstack(trained(new RandomFlip({ mode }), x));
      const found = tf.unstack(x).map((image, i) => {
        const all = axes.length === 1 ? [[], axes] : [[], [1], [2], [1, 2]];
        const views = all.map((some) =>
          String(
            numbers(
              some.length === 0
                ? image
                : tf.reverse(
                    image,
                    some.map((axis) => axis - 1),
                  ),
            ),
          ),
        );
        return views.indexOf(String(numbers(y[i]!)));
      });
      expect(new Set(found)).toEqual(new Set(axes.length === 1 ? [0, 1] : [0, 1, 2, 3]));
    });
  });
});

test('RandomRotation turns counter-clockwise by a share of a full turn', () => {
  tf.tidy(() => {
    const x = levels([2, 5, 5, 2]);
    const turned = tf.reverse(tf.transpose(x, [0, 2, 1, 3]), 1); // the right column becomes the top row
    expect(numbers(trained(new RandomRotation({ factor: [0.25, 0.25] }), x))).toEqual(numbers(turned));
    const back = trained(new RandomRotation({ factor: [-0.25, -0.25] }), turned as tf.Tensor4D);
    expect(numbers(back)).toEqual(numbers(x));
  });
});

describe('RandomZoom', () => {
  test('zooms out for a positive factor, about the middle', () => {
    tf.tidy(() => {
      const x = column(10, 20, 30, 40);
      const config = { fillMode: 'constant', fillValue: 7 } as const;
      expect(numbers(trained(new RandomZoom({ heightFactor: [1, 1], widthFactor: 0, ...config }), x))).toEqual([7, 15, 35, 7]);
      expect(numbers(trained(new RandomZoom({ heightFactor: [-0.5, -0.5], widthFactor: 0, ...config }), x))).toEqual([
        17.5, 22.5, 27.5, 32.5,
      ]);
    });
  });

  test('keeps shapes where it has no factor of the width', () => {
    tf.tidy(() => {
      const x = tf.add(tf.reshape(tf.range(0, 8), [1, 8, 1, 1]), tf.mul(100, tf.reshape(tf.range(0, 8), [1, 1, 8, 1]))) as tf.Tensor4D;
      const y = trained(new RandomZoom({ heightFactor: [-0.7, -0.2] }), x);
      const across = tf.sub(tf.slice(y, [0, 0, 1, 0], [1, 8, 7, 1]), tf.slice(y, [0, 0, 0, 0], [1, 8, 7, 1]));
      const down = tf.sub(tf.slice(y, [0, 1, 0, 0], [1, 7, 8, 1]), tf.slice(y, [0, 0, 0, 0], [1, 7, 8, 1]));
      const step = numbers(down)[0]!;
      expect(step).toBeLessThan(0.8);
      for (const value of numbers(down)) expect(value).toBeCloseTo(step, 3);
      for (const value of numbers(across)) expect(value).toBeCloseTo(100 * step, 3);
    });
  });
});

describe('RandomTranslation', () => {
  test.each<[NonNullable<FillConfig['fillMode']>, number[]]>([
    ['constant', [9, 9, 1, 2]],
    ['reflect', [2, 1, 1, 2]],
    ['wrap', [3, 4, 1, 2]],
    ['nearest', [1, 1, 1, 2]],
  ])('shifts down and fills with %s', (fillMode, expected) => {
    tf.tidy(() => {
      const layer = new RandomTranslation({ heightFactor: [0.5, 0.5], widthFactor: 0, fillMode, fillValue: 9 });
      expect(numbers(trained(layer, column(1, 2, 3, 4)))).toEqual(expected);
    });
  });

  test('shifts to the right for a positive factor of the width', () => {
    tf.tidy(() => {
      const layer = new RandomTranslation({ heightFactor: 0, widthFactor: [0.25, 0.25], fillMode: 'constant', interpolation: 'nearest' });
      expect(numbers(trained(layer, tf.tensor4d([1, 2, 3, 4], [1, 1, 4, 1])))).toEqual([0, 1, 2, 3]);
    });
  });
});

describe('RandomCrop', () => {
  test('cuts all images of a batch at one place, another one each time', () => {
    const model = seeded(new RandomCrop({ height: 2, width: 3 }), [6, 6, 1]);
    const places = Array.from({ length: 12 }, () =>
      tf.tidy(() => {
        const x = tf.reshape(tf.range(0, 72), [2, 6, 6, 1]);
        const y = model.apply(x, { training: true }) as tf.Tensor4D;
        const [corner] = numbers(y);
        const [top, left] = [Math.floor(corner! / 6), corner! % 6];
        expect(numbers(y)).toEqual(numbers(tf.slice(x, [0, top, left, 0], [2, 2, 3, 1])));
        return corner;
      }),
    );
    expect(new Set(places).size).toBeGreaterThan(4);
  });

  // Of 9 pixels 6 are shown, of which (9 - 6) / 2, rounded down, are left out first.
  test.each<[[number, number], [number, number]]>([
    [
      [6, 9],
      [0, 1],
    ],
    [
      [9, 6],
      [1, 0],
    ],
  ])('shows the largest window in the middle of %o pixels outside training', ([height, width], [top, left]) => {
    tf.tidy(() => {
      const x = levels([2, height, width, 3]);
      const middle = tf.slice<tf.Rank.R4, tf.Tensor4D>(x, [0, top, left, 0], [2, 6, 6, 3]);
      const expected = numbers(tf.image.resizeBilinear(middle, [4, 4], false, true));
      const found = numbers(seeded(new RandomCrop({ height: 4, width: 4 }), [height, width, 3]).predict(x) as tf.Tensor);
      found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 3));
    });
  });

  test('cuts along one side where the other one has the size already', () => {
    const model = seeded(new RandomCrop({ height: 2, width: 2 }), [2, 5, 1]);
    const found = Array.from({ length: 30 }, () =>
      tf.tidy(() => String(numbers(model.apply(tf.reshape(tf.range(0, 10), [1, 2, 5, 1]), { training: true }) as tf.Tensor))),
    );
    expect(new Set(found)).toEqual(new Set(['0,1,5,6', '1,2,6,7', '2,3,7,8', '3,4,8,9']));
  });

  test('brings images that are too small to its size in training', () => {
    tf.tidy(() => {
      const x = levels([1, 4, 6, 1]);
      const model = seeded(new RandomCrop({ height: 5, width: 5 }), [null, null, 1]);
      const y = model.apply(x, { training: true }) as tf.Tensor4D;
      expect(y.shape).toEqual([1, 5, 5, 1]);
      expect(numbers(y)).toEqual(numbers(model.predict(x) as tf.Tensor));
    });
  });
});

describe('RandomContrast', () => {
  test('moves values from the mean of their channel, in each image by a factor of its own, and cuts them off', () => {
    tf.tidy(() => {
      const x = levels([6, 5, 5, 3]);
      const y = trained(new RandomContrast({ factor: [0.5, 1] }), x);
      const mean = tf.mean(x, [1, 2], true);
      const factors = tf.unstack(x).map((image, i) => {
        const [from, to, middle] = [numbers(image), numbers(tf.unstack(y)[i]!), numbers(tf.unstack(mean)[i]!)];
        const inner = from.flatMap((value, j) =>
          to[j]! > 0 && to[j]! < 255 ? [(to[j]! - middle[j % 3]!) / (value - middle[j % 3]!)] : [],
        );
        inner.forEach((factor) => expect(factor).toBeCloseTo(inner[0]!, 2));
        return inner[0]!;
      });
      expect(new Set(factors).size).toBe(6);
      expect(Math.min(...numbers(y))).toBe(0);
      expect(Math.max(...numbers(y))).toBe(255);
    });
  });

  test('draws the factor from [1 - lower, 1 + upper]', () => {
    tf.tidy(() => {
      const x = tf.tile(column(-1, 1), [200, 1, 1, 1]) as tf.Tensor4D; // about a mean of 0
      const y = numbers(trained(new RandomContrast({ factor: [0.5, 1], valueRange: [-9, 9] }), x)).filter((_, i) => i % 2 === 1);
      // of 200 the outermost come within 4 % of the ends: 1 - 0.96 ** 200 is 0.9997
      for (const [found, end] of [
        [Math.min(...y), 0.5],
        [Math.max(...y), 2],
      ] as const)
        expect(Math.abs(found - end)).toBeLessThan(0.06);
      expect(Math.min(...y)).toBeGreaterThanOrEqual(0.4999);
      expect(Math.max(...y)).toBeLessThanOrEqual(2.0001);
    });
  });
});

describe('RandomBrightness', () => {
  test.each([
    [undefined, [0, 100, 250], [25.5, 125.5, 255]],
    [
      [0, 1],
      [0, 0.5, 0.95],
      [0.1, 0.6, 1],
    ],
    [
      [1, -1],
      [-1, 0, 0.9],
      [-0.8, 0.2, 1],
    ],
  ] as const)('adds a share of the range %o', (valueRange, given, expected) => {
    tf.tidy(() => {
      const y = trained(new RandomBrightness({ factor: [0.1, 0.1], ...(valueRange && { valueRange }) }), column(...given));
      numbers(y).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5 - Math.log10(expected[2])));
    });
  });
});

test('a layer refuses images that hold NaN, and leaves nothing behind', () => {
  const x = tf.tensor4d(
    Array.from({ length: 9 }, (_, i) => (i === 4 ? Number.NaN : 0)),
    [1, 3, 3, 1],
  );
  const model = seeded(new RandomFlip(), [3, 3, 1]);
  const tensors = tf.memory().numTensors;
  expect(() => model.apply(x, { training: true })).toThrow(expect.objectContaining({ code: 'non-finite' }));
  expect(tf.memory().numTensors).toBe(tensors);
  x.dispose();
});

test('Rescaling is that of tfjs-layers: scale x + offset, in float32', () => {
  tf.tidy(() => {
    const layer = layers.rescaling({ scale: 1 / 127.5, offset: -1 });
    const y = layer.apply(tf.tensor4d([0, 51, 255], [1, 1, 1, 3], 'int32')) as tf.Tensor;
    expect(y.dtype).toBe('float32');
    numbers(y).forEach((value, i) => expect(value).toBeCloseTo([-1, -0.6, 1][i]!, 6));
    const each = layers.rescaling({ scale: [1, 2, 3], offset: [0, 0, 1] } as never).apply(tf.ones([1, 1, 1, 3])) as tf.Tensor;
    expect(numbers(each)).toEqual([1, 2, 4]);
  });
});
