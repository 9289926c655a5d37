import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { compose, zoom } from '../index.ts';

const SIZE = { height: 4, width: 4, channels: 1 };

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('zoom', () => {
  test('shows more of each side about the middle, with the boxes on it', () => {
    const pipeline = compose([zoom({ height: [1, 1], width: [-0.5, -0.5], fill: 9 })]);
    tf.tidy(() => {
      const rows = tf.tensor4d(
        Array.from({ length: 16 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4)),
        [1, 4, 4, 1],
      );
      const middle = [0.75, 1.25, 1.75, 2.25]; // columns at half steps about 1.5
      const filled = [9, 9, 9, 9];
      expect([...pipeline.apply(rows).dataSync()]).toEqual([
        ...filled,
        ...middle.map((value) => value + 5),
        ...middle.map((value) => value + 25),
        ...filled,
      ]);
      expect(pipeline.apply({ images: rows, boxes: [[[1, 0, 3, 4]]] }).boxes[0]![0]!.box).toEqual([0, 1, 4, 3]);
    });
  });

  test('without a range of the width keeps shapes', () => {
    const drawn = compose([zoom({ height: 0.4 })]).draw({ images: 20, ...SIZE });
    for (const [draw] of drawn) {
      const { height, width } = draw as { readonly height: number; readonly width: number };
      expect(width).toBe(height);
      expect(Math.abs(height)).toBeLessThanOrEqual(0.4);
    }
    expect(new Set(drawn.map(String)).size).toBe(1);
    expect(new Set(drawn.map((draws) => JSON.stringify(draws))).size).toBe(20);
  });

  test('refuses to show less than nothing', () => {
    expect(() => zoom({ height: [-1.1, 0] })).toThrow('`height[0]`');
    expect(() => zoom({ height: 0, width: [-2, 0] })).toThrow('`width[0]`');
  });
});
