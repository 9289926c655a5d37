import { checkNumber } from '@downhill/core';
import type { ArrayData } from '@downhill/training';

/**
 * Some examples of a data set, in the order given, repeats included: what a bagged member learns from. Of a part of a data set the rows count
 * within that part.
 *
 * @example
 * const data = { xs: { values: new Float32Array([5, 6, 7]), shape: [] }, ys: { values: new Float32Array(3), shape: [] } };
 * takeRows(takeRows(data, [2, 0]), [1, 1]).rows; // new Int32Array([0, 0])
 *
 * @throws DownhillError `invalid-argument` for a row that there is not.
 */
export function takeRows(data: ArrayData, rows: ArrayLike<number>): ArrayData {
  const size = data.xs.shape.reduce((product, length) => product * length, 1);
  const examples = data.rows?.length ?? Math.floor(data.xs.values.length / size);
  return {
    ...data,
    rows: Int32Array.from(rows, (row) => {
      if (!(row >= 0 && row < examples)) checkNumber('takeRows', { row }, { min: 0, below: examples, integer: true });
      return data.rows?.[row] ?? row;
    }),
  };
}
