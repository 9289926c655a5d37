import { checkNumber, DownhillError } from '@downhill/core';
import { dot } from '../differentiation/vectors.ts';

/** Gradients of single examples or of small batches, and what they have in common. */
export interface GradientMoments {
  /** The gradients gᵢ, one number a weight. */
  readonly rows: readonly Float64Array[];
  /** How many examples each is the mean of. */
  readonly examplesPerRow: number;
  /** g, the mean of all. */
  readonly mean: Float64Array;
  /** ‖g‖² */
  readonly squaredNorm: number;
  /** Of each weight over the examples, unbiased: `examplesPerRow` times that over the rows. */
  readonly variance: Float64Array;
}

export interface GradientMomentsOptions {
  /** How many examples each gradient is the mean of. @defaultValue 1 */
  readonly examplesPerRow?: number;
}

/**
 * Mean and variance of the gradients of examples, or of small batches of equal size.
 *
 * @example
 * const { mean, variance } = gradientMoments([[1, 0], [3, 0]]);
 * [...mean, ...variance]; // [2, 0, 2, 0]
 *
 * @throws DownhillError `shape-mismatch` where there are fewer than two, or of different lengths.
 */
export function gradientMoments(
  gradients: readonly ArrayLike<number>[],
  { examplesPerRow = 1 }: GradientMomentsOptions = {},
): GradientMoments {
  const source = 'gradientMoments';
  checkNumber(source, { examplesPerRow }, { min: 1, integer: true });
  const rows = gradients.map((row) => (row instanceof Float64Array ? row : Float64Array.from(row)));
  const lengths = [...new Set(rows.map(({ length }) => length))];
  if (rows.length < 2 || lengths.length !== 1)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`gradients\` must be two or more rows of one length, got ${rows.length} of the lengths ${lengths.join(', ') || 'none'}`,
    });
  const mean = new Float64Array(lengths[0] ?? 0);
  const variance = new Float64Array(mean.length);
  for (const row of rows) for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (row[i] ?? 0) / rows.length;
  for (const row of rows)
    for (let i = 0; i < mean.length; i++) {
      const apart = (row[i] ?? 0) - (mean[i] ?? 0);
      variance[i] = (variance[i] ?? 0) + (examplesPerRow * apart * apart) / (rows.length - 1);
    }
  return { rows, examplesPerRow, mean, squaredNorm: dot(mean, mean), variance };
}

export const examplesIn = ({ rows, examplesPerRow }: GradientMoments): number => rows.length * examplesPerRow;

export const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
