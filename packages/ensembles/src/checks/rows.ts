import type { Outputs } from '../outputs.ts';

/** One example's numbers: a view, nothing is copied. */
export type Row = Float64Array | Float32Array;

export const rowOf = ({ values, shape: [, width] }: Outputs, i: number): Row => values.subarray(i * width, (i + 1) * width);

/** All of the examples' numbers, row by row. */
export const rowsOf = (outputs: Outputs): readonly Row[] => Array.from({ length: outputs.shape[0] }, (_, i) => rowOf(outputs, i));

/** Outputs out of what `row` writes for each example into the numbers that it is given. */
export function fillRows([examples, width]: Outputs['shape'], row: (into: Float64Array, i: number) => void): Outputs {
  const values = new Float64Array(examples * width);
  for (let i = 0; i < examples; i++) row(values.subarray(i * width, (i + 1) * width), i);
  return { values, shape: [examples, width] };
}

export const sumOf = (row: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += row[k] ?? 0;
  return sum;
};

export const meanOf = (row: ArrayLike<number>): number => sumOf(row) / row.length;

/** Divides a row by its sum, in place. */
export function normalize(row: Float64Array): void {
  const sum = sumOf(row);
  row.forEach((value, k) => (row[k] = value / sum));
}

/** The place of the largest number, of equal ones the first. */
export function largestOf(row: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if ((row[k] ?? 0) > (row[best] ?? 0)) best = k;
  return best;
}
