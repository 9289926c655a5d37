import { describe, expect, test } from 'vitest';
import { dot } from '../differentiation/vectors.ts';
import { lanczos } from './lanczos.ts';
import { normalDirection } from './random-direction.ts';

const diagonal = (values: readonly number[]) => {
  const apply = async (x: Float64Array): Promise<Float64Array> => x.map((value, i) => value * values[i]!);
  return { apply, start: normalDirection(values.length, 1) };
};

describe('Lanczos', () => {
  test('finds both ends long before it has gone through the space, with a bound that holds', async () => {
    const values = Array.from({ length: 400 }, (_, i) => (i === 0 ? 50 : i === 1 ? -20 : Math.sin(i)));
    const { apply, start } = diagonal(values);
    let products = 0;
    const counted = (x: Float64Array): Promise<Float64Array> => (products++, apply(x));
    const found = await lanczos(counted, { start, wanted: { largest: 1, smallest: 1 }, iterations: 100, tolerance: 1e-6 });
    expect(products).toBeLessThan(20);
    const last = found.eigenvalues.length - 1;
    expect(Math.abs(found.eigenvalues[last]! - 50)).toBeLessThanOrEqual(50 * found.residuals[last]! + 1e-10);
    expect(found.eigenvalues[0]).toBeCloseTo(-20, 4);
    expect(Math.abs(found.vectorAt(last)[0]!)).toBeCloseTo(1, 5);
  });

  test('keeps every eigenvalue once: the basis stays orthogonal', async () => {
    const values = Array.from({ length: 30 }, (_, i) => 2 ** (i - 15));
    const { apply, start } = diagonal(values);
    const found = await lanczos(apply, { start, wanted: { largest: 30, smallest: 0 }, iterations: 30, tolerance: 0 });
    found.eigenvalues.forEach((value, i) => expect(Math.abs(value - values[i]!)).toBeLessThan(1e-9));
    expect(Math.abs(dot(found.vectorAt(29), found.vectorAt(28)))).toBeLessThan(1e-8);
  });

  test('ends where the space is exhausted: the matrix of zeros, the identity', async () => {
    for (const value of [0, 1]) {
      const { apply, start } = diagonal(new Array<number>(20).fill(value));
      const found = await lanczos(apply, { start, wanted: { largest: 1, smallest: 0 }, iterations: 20, tolerance: 0 });
      expect(found.eigenvalues).toHaveLength(1);
      expect(found.eigenvalues[0]).toBeCloseTo(value, 12);
    }
  });
});
