import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tridiagonalEigenvalues } from './tridiagonal.ts';

const entry = fc.double({ min: -10, max: 10, noNaN: true });
const matrix = fc
  .integer({ min: 1, max: 12 })
  .chain((n) => fc.tuple(fc.array(entry, { minLength: n, maxLength: n }), fc.array(entry, { minLength: n - 1, maxLength: n - 1 })));

test('the columns of the rotated identity are eigenvectors of length 1, and the eigenvalues theirs', () => {
  fc.assert(
    fc.property(matrix, ([diagonal, offDiagonal]) => {
      const rows = diagonal.map((_, i) => Float64Array.from(diagonal, (__, j) => Number(i === j)));
      const eigenvalues = tridiagonalEigenvalues(diagonal, offDiagonal, rows);
      eigenvalues.forEach((eigenvalue, j) => {
        const vector = rows.map((row) => row[j]!);
        expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 10);
        vector.forEach((value, i) => {
          const product =
            diagonal[i]! * value + (offDiagonal[i - 1] ?? 0) * (vector[i - 1] ?? 0) + (offDiagonal[i] ?? 0) * (vector[i + 1] ?? 0);
          expect(Math.abs(product - eigenvalue * value)).toBeLessThan(1e-11);
        });
      });
    }),
  );
});

test('of the second difference with fixed ends they are 2 − 2 cos(jπ / (n + 1))', () => {
  const n = 9;
  const found = tridiagonalEigenvalues(new Array<number>(n).fill(2), new Array<number>(n - 1).fill(-1));
  [...found].sort((a, b) => a - b).forEach((value, j) => expect(value).toBeCloseTo(2 - 2 * Math.cos(((j + 1) * Math.PI) / (n + 1)), 12));
});
