import '@tensorflow/tfjs-backend-cpu';
import type { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import {
  RandomBrightness,
  RandomContrast,
  RandomCrop,
  RandomFlip,
  RandomRotation,
  RandomTranslation,
  RandomZoom,
} from '../keras-layers.ts';

type Layer = layers.Layer;

const LAYERS: Readonly<Record<string, (config?: object) => Layer>> = {
  RandomFlip: (config) => new RandomFlip({ ...config }),
  RandomRotation: (config) => new RandomRotation({ factor: [-0.1, 0.2], ...config }),
  RandomZoom: (config) => new RandomZoom({ heightFactor: 0.3, widthFactor: [-0.2, 0.4], ...config }),
  RandomTranslation: (config) => new RandomTranslation({ heightFactor: 0.3, widthFactor: 0.2, ...config }),
  RandomCrop: (config) => new RandomCrop({ height: 4, width: 5, ...config }),
  RandomContrast: (config) => new RandomContrast({ factor: [0.4, 0.9], ...config }),
  RandomBrightness: (config) => new RandomBrightness({ factor: 0.3, ...config }),
};

describe('a config', () => {
  test.each(Object.entries(LAYERS))('of %s makes the same layer again', (_, make) => {
    const layer = make({ seed: 5, name: 'mine' });
    expect(make(layer.getConfig()).getConfig()).toEqual(layer.getConfig());
    expect(layer.getConfig()).toMatchObject({ seed: 5, name: 'mine', dtype: 'float32', trainable: true });
  });

  test.each<[string, object]>([
    ['RandomFlip', { mode: 'horizontalAndVertical' }],
    ['RandomRotation', { factor: [-0.1, 0.2], fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0 }],
    ['RandomZoom', { heightFactor: [-0.3, 0.3], widthFactor: [-0.2, 0.4], fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0 }],
    [
      'RandomTranslation',
      { heightFactor: [-0.3, 0.3], widthFactor: [-0.2, 0.2], fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0 },
    ],
    ['RandomCrop', { height: 4, width: 5 }],
    ['RandomContrast', { factor: [0.4, 0.9], valueRange: [0, 255] }],
    ['RandomBrightness', { factor: [-0.3, 0.3], valueRange: [0, 255] }],
  ])('of %s has what was given and the defaults of Keras, also for null', (name, expected) => {
    const nothing = { mode: null, fillMode: null, interpolation: null, fillValue: null, valueRange: null };
    const known = Object.fromEntries(Object.entries(nothing).filter(([key]) => key in expected));
    for (const given of [{}, known])
      expect(LAYERS[name]!({ ...given, name: 'mine' }).getConfig()).toEqual({
        name: 'mine',
        trainable: true,
        dtype: 'float32',
        seed: null,
        ...expected,
      });
  });

  test('may give the dtype of the input apart', () => {
    expect(new RandomFlip({ inputShape: [4, 4, 1], inputDType: 'int32' }).getConfig()).toMatchObject({ dtype: 'int32' });
  });

  test('may have null for what was not given, and a policy for its dtype', () => {
    const dtype = { className: 'DTypePolicy', config: { name: 'mixed_float16' } };
    const layer = new RandomZoom({ heightFactor: 0.1, widthFactor: null, seed: null, dataFormat: null, dtype });
    expect(layer.getConfig()).toMatchObject({ heightFactor: [-0.1, 0.1], widthFactor: null, seed: null, dtype: 'float32' });
  });

  test('may have the ends of a range in either order', () => {
    expect(new RandomRotation({ factor: [0.2, -0.1] }).getConfig()).toMatchObject({ factor: [-0.1, 0.2] });
  });

  test.each<[string, () => Layer, string]>([
    ['another mode', () => new RandomFlip({ mode: 'diagonal' as never }), 'RandomFlip: `mode`'],
    ['nothing', () => new RandomRotation(undefined as never), 'RandomRotation: takes an object'],
    ['a number for all', () => new RandomRotation(0.1 as never), 'RandomRotation: takes an object'],
    ['no factor', () => new RandomRotation({} as never), 'RandomRotation: `factor`'],
    ['three numbers for a range', () => new RandomRotation({ factor: [0, 1, 2] as never }), 'RandomRotation: `factor`'],
    ['more than a full turn', () => new RandomRotation({ factor: 1.1 }), 'RandomRotation: `factor`'],
    ['a range that goes too far', () => new RandomZoom({ heightFactor: [-0.1, 1.2] }), 'RandomZoom: `heightFactor[1]`'],
    [
      'a width that is none',
      () => new RandomTranslation({ heightFactor: 0, widthFactor: 'x' as never }),
      'RandomTranslation: `widthFactor`',
    ],
    ['another filling', () => new RandomZoom({ heightFactor: 0, fillMode: 'mirror' as never }), 'RandomZoom: `fillMode`'],
    [
      'another interpolation',
      () => new RandomRotation({ factor: 0, interpolation: 'bicubic' as never }),
      'RandomRotation: `interpolation`',
    ],
    ['a fill that is none', () => new RandomRotation({ factor: 0, fillValue: Number.NaN }), 'RandomRotation: `fillValue`'],
    ['a box without pixels', () => new RandomCrop({ height: 0, width: 4 }), 'RandomCrop: `height`'],
    ['less than no contrast', () => new RandomContrast({ factor: [1.5, 0] }), 'RandomContrast: `factor[0]`'],
    ['a range without values', () => new RandomBrightness({ factor: 0.1, valueRange: [1, 1] }), 'RandomBrightness: `valueRange[1]`'],
    ['a misspelled name', () => new RandomBrightness({ factor: 0.1, valueRage: [0, 1] } as never), 'Did you mean `valueRange`'],
    ['another format', () => new RandomFlip({ dataFormat: 'channels_middle' as never }), 'RandomFlip: `dataFormat`'],
    ['a seed that is none', () => new RandomFlip({ seed: 0.5 }), 'RandomFlip: `seed`'],
  ])('with %s is refused', (_, make, text) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(text) as string }));
  });

  test('with a dtype of no images is refused', () => {
    expect(() => new RandomFlip({ dtype: 'string' })).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('RandomFlip: `dtype`') as string }),
    );
  });
});
