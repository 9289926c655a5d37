import { valuesPerExample, type ArrayData } from '@downhill/training';

/** What the features of a data set look like, scaled as in batches. */
export interface FeatureStatistics {
  /** Over all finite values. */
  readonly mean: number;
  readonly std: number;
  readonly maxAbs: number;
  /** Values that are NaN or infinite, and the first example that has one, −1 where none has. */
  readonly nonFinite: number;
  readonly firstNonFinite: number;
  /** Features that have one value in all examples. */
  readonly constant: readonly number[];
  /** max − min of each feature. */
  readonly ranges: Float64Array;
}

/** The examples of a data set, as rows of its columns. */
export const rowsOf = ({ xs, rows }: ArrayData): Int32Array =>
  rows ?? Int32Array.from({ length: xs.values.length / valuesPerExample(xs) }, (_, i) => i);

/** One pass over all values. */
export function featureStatistics(data: ArrayData): FeatureStatistics {
  const { values, scale = 1 } = data.xs;
  const size = valuesPerExample(data.xs);
  const low = new Float64Array(size).fill(Infinity);
  const high = new Float64Array(size).fill(-Infinity);
  let [count, sum, squares, nonFinite, firstNonFinite] = [0, 0, 0, 0, -1];
  for (const row of rowsOf(data)) {
    const from = row * size;
    for (let i = 0; i < size; i++) {
      const value = values[from + i] ?? Number.NaN;
      if (value - value !== 0) {
        nonFinite++;
        if (firstNonFinite < 0) firstNonFinite = row;
        continue;
      }
      count++;
      sum += value;
      squares += value * value;
      if (value < (low[i] ?? 0)) low[i] = value;
      if (value > (high[i] ?? 0)) high[i] = value;
    }
  }
  const ranges = low.map((value, i) => Math.max(0, (high[i] ?? 0) - value) * Math.abs(scale));
  const mean = sum / count;
  return {
    mean: mean * scale,
    std: Math.sqrt(Math.max(0, squares / count - mean * mean)) * Math.abs(scale),
    maxAbs: low.reduce((most, value, i) => Math.max(most, Number.isFinite(value) ? -value : 0, high[i] ?? 0), 0) * Math.abs(scale),
    nonFinite,
    firstNonFinite,
    constant: [...ranges.keys()].filter((i) => ranges[i] === 0),
    ranges,
  };
}
