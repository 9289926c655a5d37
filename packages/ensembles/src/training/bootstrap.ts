import { checkNumber, randomStream, type Key } from '@downhill/core';
import { pow } from '@downhill/core/math';

/** Rows drawn with replacement, each equally likely at every draw. */
export function bootstrapRows(key: Key, examples: number, draws: number): Int32Array {
  const stream = randomStream(key);
  return Int32Array.from({ length: draws }, (_, i) => stream.integerBelow(i, examples));
}

/**
 * How often each example was drawn.
 *
 * @example
 * bootstrapCounts([2, 0, 2], 4); // new Int32Array([1, 0, 2, 0])
 *
 * @throws DownhillError `invalid-argument` for a row that there is not.
 */
export function bootstrapCounts(rows: ArrayLike<number>, examples: number): Int32Array {
  checkNumber('bootstrapCounts', { examples }, { min: 0, integer: true });
  const counts = new Int32Array(examples);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    if (!(row >= 0 && row < examples && Number.isInteger(row)))
      checkNumber('bootstrapCounts', { row }, { min: 0, below: examples, integer: true });
    counts[row] = (counts[row] ?? 0) + 1;
  }
  return counts;
}

/**
 * The examples that a bootstrap sample left out, in ascending order: those on which its model can be judged.
 *
 * @example
 * outOfBagRows([2, 0, 2], 4); // new Int32Array([1, 3])
 *
 * @throws DownhillError `invalid-argument` for a row that there is not.
 */
export function outOfBagRows(rows: ArrayLike<number>, examples: number): Int32Array {
  const counts = bootstrapCounts(rows, examples);
  return Int32Array.from(counts.keys()).filter((row) => counts[row] === 0);
}

/**
 * The share of examples that a bootstrap sample leaves out, to be expected.
 *
 *     (1 − 1/n)^draws → e⁻¹ = 0.368 for draws = n → ∞
 *
 * Breiman 1996, "Bagging predictors", section 4.2.
 *
 * @example
 * outOfBagShare(2); // 0.25
 *
 * @param draws The size of the sample. @defaultValue as many as there are examples
 * @throws DownhillError `invalid-argument` for numbers that are not whole and from 1 on.
 */
export function outOfBagShare(examples: number, draws: number = examples): number {
  checkNumber('outOfBagShare', { examples, draws }, { min: 1, integer: true });
  return pow(1 - 1 / examples, draws);
}
