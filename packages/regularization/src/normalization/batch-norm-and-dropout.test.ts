import { randomNormal } from '@downhill/tfjs';
import { reestimateBatchNorm, seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { Dropout } from '../layers.ts';

const examples = (): tf.Tensor => randomNormal([2000, 3], { seed: 1 });
const variance = (x: tf.Tensor): number => tf.tidy(() => tf.moments(x).variance.dataSync()[0]!);

// docs/batch-norm-and-dropout.md
onEachBackend('dropout before batch normalization', () => {
  test('halves the variance of predictions at a rate of 0.5, until the statistics are estimated again', async () => {
    const model = sequential({ layers: [new Dropout({ rate: 0.5, inputShape: [3] }), layers.batchNormalization({ momentum: 0.5 })] });
    seedModel(model, 1);
    tf.tidy(() => {
      const x = examples();
      for (let i = 0; i < 20; i++) model.apply(x, { training: true });
      // 6,000 draws: the variance of a variance is about 2 / 6,000, and 3 / 6,000 of dropped ones.
      expect(variance(model.apply(x, { training: true }) as tf.Tensor)).toBeCloseTo(1, 1);
      expect(variance(model.apply(x) as tf.Tensor)).toBeCloseTo(0.5, 1);
    });
    await reestimateBatchNorm(model, { batches: () => [{ xs: examples() }] });
    expect(tf.tidy(() => variance(model.apply(examples()) as tf.Tensor))).toBeCloseTo(1, 2);
    model.dispose();
  });
});
