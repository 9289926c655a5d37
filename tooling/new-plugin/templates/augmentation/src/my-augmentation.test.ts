import { compose } from '@downhill/augmentation';
import { testAugmentation } from '@downhill/conformance';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test } from 'vitest';
import { myAugmentation } from './my-augmentation.ts';

testAugmentation('myAugmentation', () => myAugmentation({ most: 0.3 }), { factories: { myAugmentation }, compose });

describe('myAugmentation', () => {
  test('does what its draw says', async () => {
    await tf.setBackend('cpu');
    const pipeline = compose([myAugmentation({ most: 0.5 })]);
    const moved = pipeline.replay(tf.tensor4d([0.125, 0.5, 0.75, 1], [1, 2, 2, 1]), [[0.375]]);
    expect([...moved.dataSync()]).toEqual([0.5, 0.875, 1, 1]);
  });

  test('refuses a move of more than everything', () => {
    expect(() => myAugmentation({ most: 1.5 })).toThrow(
      'myAugmentation: `most` must be a finite number, at least 0 and at most 1, got 1.5.',
    );
  });
});
