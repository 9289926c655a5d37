import { valuesPerExample, type ArrayData } from '@downhill/training';
import { rowsOf } from './feature-statistics.ts';

/**
 * How many examples each class has; `undefined` where the labels are no classes: neither whole numbers from 0 on nor one-hot rows.
 * Labels that are NaN make them none, too.
 */
export function labelCounts(data: ArrayData, classes: number | undefined): number[] | undefined {
  const { values } = data.ys;
  const size = valuesPerExample(data.ys);
  const counts: number[] = Array.from({ length: classes ?? (size > 1 ? size : 0) }, () => 0);
  for (const row of rowsOf(data)) {
    const label = size === 1 ? values[row] : hotPlace(values.subarray(row * size, (row + 1) * size));
    if (label === undefined || !Number.isInteger(label) || label < 0 || label > MOST_CLASSES) return undefined;
    while (counts.length <= label) counts.push(0);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

/** Whole numbers beyond this are no class numbers. */
const MOST_CLASSES = 100_000;

/** Where a one-hot row is 1. */
function hotPlace(row: ArrayLike<number>): number | undefined {
  let place: number | undefined;
  for (let i = 0; i < row.length; i++) {
    if (row[i] === 0) continue;
    if (row[i] !== 1 || place !== undefined) return undefined;
    place = i;
  }
  return place;
}
