import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { moments, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { initialWeights, INITIALIZATIONS, fans } from './initial-weights.ts';
import { randomBernoulli, randomNormal, randomPermutation, randomTruncatedNormal, randomUniform } from './random.ts';

const made: Tensor[] = [];
const read = (tensor: Tensor): number[] => {
  made.push(tensor);
  return [...tensor.dataSync()];
};
afterEach(() => made.splice(0).forEach((tensor) => tensor.dispose()));

describe('random tensors', () => {
  const makers: [string, (seed: number) => Tensor][] = [
    ['randomUniform', (seed) => randomUniform([50, 3], { seed, min: -1, max: 2 })],
    ['randomNormal', (seed) => randomNormal([50, 3], { seed })],
    ['randomTruncatedNormal', (seed) => randomTruncatedNormal([50, 3], { seed })],
    ['randomBernoulli', (seed) => randomBernoulli([50, 3], { seed, probability: 0.3 })],
    ['randomPermutation', (seed) => randomPermutation(150, { seed })],
    ...INITIALIZATIONS.map((name): [string, (seed: number) => Tensor] => [name, (seed) => initialWeights(name, [50, 3], { seed })]),
  ];

  test.each(makers)('%s gives the same numbers on every backend, and others under another seed', async (_, make) => {
    await setBackend('cpu');
    const onCpu = read(make(7));
    expect(read(make(7))).toEqual(onCpu);
    expect(read(make(8))).not.toEqual(onCpu);
    await setBackend('wasm');
    expect(read(make(7))).toEqual(onCpu);
  });

  test('have the moments that their names promise', () => {
    const { mean, variance } = moments(randomNormal([20_000], { seed: 1, mean: 3, standardDeviation: 2 }));
    expect(mean.dataSync()[0]).toBeCloseTo(3, 1); // four standard errors are 0.06
    expect(variance.dataSync()[0]).toBeCloseTo(4, 0);
    made.push(mean, variance);
  });

  test('are cut off at two standard deviations where they are truncated', () => {
    expect(Math.max(...read(randomTruncatedNormal([5000], { seed: 1 })).map(Math.abs))).toBeLessThan(2);
  });

  test('a permutation holds each number once', () => {
    expect(read(randomPermutation(9, { seed: 3 })).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test.each([
    ['a seed that is no number', () => randomNormal([2], { seed: 0.5 }), 'seed'],
    ['a negative size', () => randomNormal([-2], { seed: 1 }), 'shape[0]'],
    [
      'a probability above 1',
      () => randomBernoulli([2], { seed: 1, probability: 1.5 }),
      '`probability` must be a finite number, at least 0 and at most 1, got 1.5',
    ],
    ['a minimum above the maximum', () => randomUniform([2], { seed: 1, min: 3, max: 2 }), '`max`'],
    ['an unknown initialization', () => initialWeights('he' as never, [2, 2], { seed: 1 }), "'heNormal'"],
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});

describe('first weights', () => {
  test('count what goes in and comes out, the field of a convolution included', () => {
    expect(fans([5, 7])).toEqual({ fanIn: 5, fanOut: 7 });
    expect(fans([3, 3, 5, 7])).toEqual({ fanIn: 45, fanOut: 63 });
    expect(fans([4])).toEqual({ fanIn: 4, fanOut: 4 });
  });

  test.each([
    ['glorotUniform', 2 / (300 + 200)],
    ['glorotNormal', 2 / (300 + 200)],
    ['heUniform', 2 / 300],
    ['heNormal', 2 / 300],
    ['lecunUniform', 1 / 300],
    ['lecunNormal', 1 / 300],
  ] as const)('%s has its variance', (name, variance) => {
    const found = moments(initialWeights(name, [300, 200], { seed: 5 })).variance.dataSync()[0] ?? 0;
    expect(found / variance).toBeGreaterThan(0.97); // 60,000 numbers: the variance is good to 0.6 %
    expect(found / variance).toBeLessThan(1.03);
  });

  test.each([[[6, 4]], [[4, 6]], [[2, 3, 4]]])('orthogonal weights of shape %j are orthonormal', (shape) => {
    const columns = shape.at(-1)!;
    const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const values = read(initialWeights('orthogonal', shape, { seed: 2, gain: 2 }));
    const vectors =
      rows >= columns
        ? Array.from({ length: columns }, (_, c) => values.filter((_x, i) => i % columns === c))
        : Array.from({ length: rows }, (_, r) => values.slice(r * columns, (r + 1) * columns));
    vectors.forEach((a, i) =>
      vectors.forEach((b, j) => expect(a.reduce((sum, x, k) => sum + x * b[k]!, 0)).toBeCloseTo(i === j ? 4 : 0, 5)),
    );
  });
});
