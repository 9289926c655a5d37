import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { randomStream, streamKey } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { brightness, compose, flip, invert, rotate } from '../index.ts';

const [HEIGHT, WIDTH] = [16, 16];
/** All levels, in each channel; opaque. */
const rgba = Uint8ClampedArray.from({ length: HEIGHT * WIDTH * 4 }, (_, i) => (i % 4 === 3 ? 255 : ((i >> 2) + 85 * (i % 4)) % 256));
const rgb = Uint8Array.from(rgba.filter((_, i) => i % 4 !== 3));
const always = { probability: 1 };
tf.enableProdMode();

describe.each(['cpu', 'wasm'])('images of bytes on %s', (backend) => {
  test('come back as the same bytes where nothing is done', async () => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      const images = tf.tensor4d(rgb, [1, HEIGHT, WIDTH, 3]);
      expect(images.dtype).toBe('int32');
      for (const pipeline of [compose([]), compose([flip(always), flip(always)]), compose([invert(always), invert(always)])])
        expect(Uint8Array.from(pipeline.apply(images).dataSync())).toEqual(rgb);
    });
  });

  test('are turned over by the level', async () => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      const images = tf.tensor4d(rgb, [1, HEIGHT, WIDTH, 3]);
      const flipped = compose([flip(always)]).apply(images);
      expect([...flipped.dataSync()]).toEqual([...tf.reverse(images, 2).dataSync()]);
    });
  });

  test('are those of fractions, rounded to the nearest level and cut off', async () => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      const images = tf.tensor4d(rgb, [1, HEIGHT, WIDTH, 3]);
      const pipeline = compose([rotate({ degrees: 30 }), brightness({ brightness: [1.5, 1.5] })], { seed: 2 });
      const levels = pipeline.apply(images);
      const fractions = pipeline.apply(tf.div<tf.Tensor4D>(images, 255)).dataSync();
      expect(levels.dtype).toBe('int32');
      levels.dataSync().forEach((level, i) => expect(Math.abs(level - 255 * fractions[i]!)).toBeLessThan(0.5001));
      expect(Math.max(...levels.dataSync())).toBe(255);
    });
  });

  test('come from a canvas by fromPixels, alpha and all', async () => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      const pixels = tf.browser.fromPixels({ data: new Uint8Array(rgba), width: WIDTH, height: HEIGHT }, 4);
      const images = tf.expandDims(pixels) as tf.Tensor4D;
      const views = compose([flip(always), flip(always)]).apply(images);
      expect(Uint8ClampedArray.from(views.dataSync())).toEqual(rgba);
    });
  });

  test('go back to a canvas by toPixels', async () => {
    await tf.setBackend(backend);
    const view = tf.tidy(() => tf.squeeze<tf.Tensor3D>(compose([]).apply(tf.tensor4d(rgb, [1, HEIGHT, WIDTH, 3])), [0]));
    expect(await tf.browser.toPixels(view)).toEqual(rgba);
    view.dispose();
  });
});

test('random bytes survive a turn by four quarters', async () => {
  await tf.setBackend('cpu');
  const { integerBelow } = randomStream(streamKey(3, 'bytes'));
  const bytes = Uint8Array.from({ length: 5 * 7 * 7 }, (_, i) => integerBelow(i, 256));
  tf.tidy(() => {
    const quarter = rotate({ degrees: [90, 90] });
    const views = compose([quarter, quarter, quarter, quarter]).apply(tf.tensor4d(bytes, [5, 7, 7, 1]));
    expect(Uint8Array.from(views.dataSync())).toEqual(bytes);
  });
});
