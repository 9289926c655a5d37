import { checkNumber, DownhillError } from '@downhill/core';
import type { ArrayData } from '@downhill/training';

/**
 * Some columns of the inputs' last axis, as a data set: what a member of a random subspace learns from. The labels stay.
 *
 * @example
 * const data = { xs: { values: new Float32Array([1, 2, 3, 4]), shape: [2] }, ys: { values: new Float32Array(2), shape: [] } };
 * takeFeatures(data, [1]).xs.values; // new Float32Array([2, 4])
 *
 * @throws DownhillError `shape-mismatch` for inputs without features; `invalid-argument` for a column that there is not.
 */
export function takeFeatures(data: ArrayData, features: ArrayLike<number>): ArrayData {
  const { values, shape } = data.xs;
  const width = shape.at(-1);
  if (width === undefined)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'takeFeatures',
      problem: '`xs` has one number an example, and no features to choose from',
    });
  const columns = Array.from(features);
  for (const feature of columns) checkNumber('takeFeatures', { feature }, { min: 0, below: width, integer: true });
  const taken = new (values.constructor as Float32ArrayConstructor)((values.length / width) * columns.length);
  for (let row = 0; row * width < values.length; row++)
    columns.forEach((column, i) => (taken[row * columns.length + i] = values[row * width + column] ?? Number.NaN));
  return { ...data, xs: { ...data.xs, values: taken, shape: [...shape.slice(0, -1), columns.length] } };
}
