import { compose, flip, predictViews, tenCrop, type View } from '@downhill/augmentation';
import { functionMember, predictMembers, viewsOf } from '@downhill/ensembles';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('an ensemble over views', () => {
  test.each([
    ['ten crops', tenCrop(5), 10],
    ['flips', [[], [flip({ probability: 1 })]], 2],
  ] as const)('of %s has the mean that test-time augmentation gives', async (_, views: readonly View[], count) => {
    const before = tf.memory().numTensors;
    const images = tf.tidy(() => tf.reshape(tf.sin(tf.range(0, 6 * 8 * 8)), [6, 8, 8, 1]) as tf.Tensor4D);
    const model = (shown: tf.Tensor): tf.Tensor => {
      const [top, left] = [
        tf.mean(tf.slice(shown, [0, 0, 0, 0], [-1, 2, -1, -1]), [1, 2, 3]),
        tf.mean(tf.slice(shown, [0, 0, 0, 0], [-1, -1, 2, -1]), [1, 2, 3]),
      ];
      return tf.softmax(tf.stack([top, left], 1));
    };
    const members = viewsOf(
      functionMember((xs) => model(xs as tf.Tensor)),
      views.map((view) => (xs) => compose(view).apply(xs as tf.Tensor4D)),
    );
    const outputs = await predictMembers(members, images, { batchSize: 4 });
    expect(outputs.length).toBe(count);
    expect(outputs[1]).not.toEqual(outputs[0]);
    const expected = predictViews(model, images, views);
    (await expected.data()).forEach((value, i) => {
      expect(outputs.reduce((sum, { values }) => sum + values[i]!, 0) / count).toBeCloseTo(value, 6);
    });
    tf.dispose([images, expected]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
