import { describe, expect, test } from 'vitest';
import { betaFrom, logGammaFrom, randomStream, streamKey, type DrawSource } from './index.ts';

function source(seed: number): DrawSource {
  const [uniforms, normals] = [randomStream(streamKey(seed, 'uniform')), randomStream(streamKey(seed, 'normal'))];
  let [u, n] = [0, 0];
  return { uniform: (low, high) => low + (high - low) * uniforms.uniformAt(u++), normal: () => normals.normalAt(n++) };
}

const COUNT = 20_000;
const moments = (draw: () => number): { mean: number; variance: number } => {
  const values = Array.from({ length: COUNT }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / COUNT;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / COUNT };
};

describe('betaFrom', () => {
  test.each([
    [0.2, 0.2],
    [1, 1],
    [2, 2],
    [0.5, 3],
    [40, 10],
  ])('Beta(%f, %f) has the mean and the variance that it should', (a, b) => {
    const draws = source(1);
    const { mean, variance } = moments(() => betaFrom(draws, a, b));
    const expected = (a * b) / ((a + b) ** 2 * (a + b + 1));
    expect(Math.abs(mean - a / (a + b))).toBeLessThan(5 * Math.sqrt(expected / COUNT)); // five standard errors
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.06);
  });

  test('is even for a = b = 1', () => {
    const draws = source(2);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < COUNT; i++) counts[Math.floor(10 * betaFrom(draws, 1, 1))]! += 1;
    for (const count of counts) expect(Math.abs(count - COUNT / 10)).toBeLessThan(5 * Math.sqrt(COUNT / 10));
  });

  test('gives numbers from 0 to 1 for shapes whose Gamma numbers underflow', () => {
    const draws = source(3);
    const values = Array.from({ length: 200 }, () => betaFrom(draws, 1e-4, 1e-4));
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(values.some((value) => value > 0.5)).toBe(true);
  });
});

describe('logGammaFrom', () => {
  test.each([0.3, 1, 4.5])('Gamma(%f) has its shape as mean and variance', (shape) => {
    const draws = source(4);
    const { mean, variance } = moments(() => Math.exp(logGammaFrom(draws, shape)));
    expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / COUNT));
    expect(Math.abs(variance / shape - 1)).toBeLessThan(0.1);
  });
});
