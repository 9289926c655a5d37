import type { ArrayData } from '@downhill/training';

/** The classes of the pictures, in their order. */
export const classesOf = ({ ys, rows }: Required<Pick<ArrayData, 'ys' | 'rows'>>): Int32Array =>
  Int32Array.from(rows, (row) => ys.values[row] ?? -1);
