import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { compose, translate } from '../index.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('translate', () => {
  test('shifts to the right and down by a share of the sides, with the boxes on it', () => {
    tf.tidy(() => {
      const pipeline = compose([translate({ x: [0.5, 0.5], y: [-0.25, -0.25], fill: 9 })]);
      const rows = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 4, 2, 1]);
      expect([...pipeline.apply(rows).dataSync()]).toEqual([9, 3, 9, 5, 9, 7, 9, 9]);
      const [draws] = pipeline.draw({ images: 1, height: 4, width: 2, channels: 1 });
      expect(draws).toEqual([{ x: 1, y: -1 }]);
      expect(pipeline.apply({ images: rows, boxes: [[[0, 1, 1, 3]]] }).boxes[0]![0]!.box).toEqual([1, 0, 2, 2]);
    });
  });

  test('draws each axis evenly from its range', () => {
    const drawn = compose([translate({ x: 0.1, y: [0.2, 0.6] })]).draw({ images: 400, height: 100, width: 1000, channels: 1 });
    const shifts = drawn.map(([shift]) => shift as { readonly x: number; readonly y: number });
    const ends = (axis: 'x' | 'y'): number[] => [Math.min, Math.max].map((end) => Math.round(end(...shifts.map((shift) => shift[axis]))));
    // of 400 the outermost come within 2 % of the ends: 1 - 0.98 ** 400 is 0.9997
    expect(ends('x')[0]).toBeLessThan(-96);
    expect(ends('x')[1]).toBeGreaterThan(96);
    expect(ends('y')[0]).toBeLessThanOrEqual(21);
    expect(ends('y')[1]).toBeGreaterThanOrEqual(59);
  });

  test.each(['x', 'y'])('refuses a range of %s that is none', (axis) => {
    expect(() => translate({ [axis]: [0.2, 0.1] })).toThrow(`\`${axis}[1]\``);
  });
});
