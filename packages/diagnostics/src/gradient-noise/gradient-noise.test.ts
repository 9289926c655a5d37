import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { randomStream, streamKey } from '@downhill/core';
import { meanSquaredError, type FunctionModel } from '@downhill/training';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  alphaOf,
  cabsBatchSize,
  gradientMoments,
  innerProductTest,
  noiseScale,
  noiseScaleFromTwoBatches,
  normTest,
  orthogonalityTest,
  sampleGradients,
  signalToNoise,
} from '../index.ts';

const rows = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 8 });
const withMean = rows.filter((of) => gradientMoments(of).squaredNorm > 0.01);

describe('the spread of gradients', () => {
  test('along and across the gradient makes up the whole: norm test² = inner product test² + orthogonality test²', () => {
    fc.assert(
      fc.property(withMean, (of) => {
        const moments = gradientMoments(of);
        expect(innerProductTest(moments) ** 2 + orthogonalityTest(moments) ** 2).toBeCloseTo(normTest(moments) ** 2, 8);
      }),
    );
  });

  test('does not change with the scale of the loss, where it is a ratio', () => {
    fc.assert(
      fc.property(withMean, (of) => {
        const [moments, larger] = [gradientMoments(of), gradientMoments(of.map((row) => row.map((value) => 1024 * value)))];
        for (const ratio of [normTest, innerProductTest, orthogonalityTest, noiseScale])
          expect(ratio(larger)).toBeCloseTo(ratio(moments), 8);
      }),
    );
  });

  test('of small batches counts as that of their examples', () => {
    const random = randomStream(streamKey(1, 'gradients'));
    const examples = Array.from({ length: 4000 }, (_, i) => [1 + random.normalAt(2 * i), 2 * random.normalAt(2 * i + 1)]);
    const batches = Array.from({ length: 1000 }, (_, i) =>
      [0, 1].map((j) => examples.slice(4 * i, 4 * i + 4).reduce((sum, row) => sum + row[j]! / 4, 0)),
    );
    const [single, grouped] = [gradientMoments(examples), gradientMoments(batches, { examplesPerRow: 4 })];
    for (const scale of [noiseScale(single), noiseScale(grouped)]) expect(Math.abs(scale - 5)).toBeLessThan(0.5);
    expect(normTest(grouped) / normTest(single)).toBeCloseTo(1, 1);
    signalToNoise(grouped).forEach((ratio, i) => expect(Math.abs(ratio - [1, 0][i]!)).toBeLessThan(0.12));
  });

  test('gives an unbiased noise scale from two batches, in the mean over many', () => {
    const random = randomStream(streamKey(2, 'gradients'));
    const squaredNorm = (trial: number, examples: number): number =>
      [0, 1].reduce((sum, j) => {
        const mean = Array.from({ length: examples }, (_, i) => (j === 0 ? 1 : 0) + random.normalAt(trial * 64 + 2 * i + j)).reduce((s, v) => s + v, 0) / examples; // prettier-ignore
        return sum + mean ** 2;
      }, 0);
    const found = Array.from({ length: 4000 }, (_, trial) =>
      noiseScaleFromTwoBatches({ examples: 2, squaredNorm: squaredNorm(trial, 2) }, { examples: 16, squaredNorm: squaredNorm(trial, 16) }),
    );
    const mean = (of: (parts: (typeof found)[number]) => number): number => found.reduce((sum, parts) => sum + of(parts), 0) / found.length;
    expect(Math.abs(mean((parts) => parts.squaredNorm) - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean((parts) => parts.trace) - 2)).toBeLessThan(0.15);
  });

  test.each([
    [() => gradientMoments([[1, 2]]), 'shape-mismatch', /two or more rows/],
    [() => gradientMoments([[1, 2], [1]]), 'shape-mismatch', /lengths 2, 1/],
    [() => noiseScaleFromTwoBatches({ examples: 4, squaredNorm: 1 }, { examples: 4, squaredNorm: 1 }), 'invalid-argument', /above 4/],
    [() => cabsBatchSize(gradientMoments([[1], [2]]), { learningRate: 0, loss: 1 }), 'invalid-argument', /`learningRate`/],
    [() => alphaOf({ stepLength: -1, loss: [1, 1], slope: [1, 1], lossVariance: [1, 1], slopeVariance: [1, 1] }), 'invalid-argument', /`stepLength`/], // prettier-ignore
    [() => sampleGradients({ parts: 1 } as never), 'invalid-argument', /`parts`/],
  ])('bad input has an error of its own: %o', (call, code, message) => {
    expect(call).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});

describe('alpha', () => {
  test('says where on an exact parabola the step ended', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 5, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true }), (minimum, curvature) => {
        for (const alpha of [-0.5, 0, 1, 2]) {
          const t = minimum * (1 + alpha);
          const loss = (s: number): number => curvature * (s - minimum) ** 2;
          const slope = (s: number): number => 2 * curvature * (s - minimum);
          const line = { stepLength: t, loss: [loss(0), loss(t)], slope: [slope(0), slope(t)], lossVariance: [1, 2], slopeVariance: [3, 1] } as const; // prettier-ignore
          expect(alphaOf(line).alpha).toBeCloseTo(alpha, 6);
        }
      }),
    );
  });
});

describe('gradients of parts', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('are those of each example alone, with its weight', async () => {
    const [xs, ys, weights] = [tf.tensor2d([[1], [2], [3], [4]]), tf.tensor2d([[0], [1], [0], [1]]), tf.tensor1d([1, 1, 2, 0])];
    const w = tf.tidy(() => tf.variable(tf.tensor2d([[0.5]])));
    const model: FunctionModel = { variables: [w], predict: (x) => tf.matMul(x as tf.Tensor2D, w as unknown as tf.Tensor2D) };
    const before = tf.memory().numTensors;
    const found = await sampleGradients({ model, loss: meanSquaredError, batch: { xs, ys, weights }, parts: 4 });
    expect(tf.memory().numTensors).toBe(before);
    expect(found.examplesPerRow).toBe(1);
    [1, 0, 18, 0].forEach((value, i) => expect(found.gradients[i]![0]).toBeCloseTo(value, 5));
    expect(found.losses[2]).toBeCloseTo(2 * 2.25, 5);
    tf.dispose([xs, ys, weights, w]);
  });
});
