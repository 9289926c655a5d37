/** How many values lie between edges: `counts[i]` in `[edges[i], edges[i + 1])`, in the last also its upper edge. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/**
 * Counts values in bins of equal width between the smallest and the largest; equal values get a bin of width 1 around them, as in NumPy.
 * Those that are not finite are left out. `undefined` where none is left.
 *
 * @example
 * const counted = histogram([0, 1, 1, 4], 2);
 * counted.edges; // [0, 2, 4]
 * counted.counts; // [3, 1]
 */
export function histogram(values: ArrayLike<number>, bins: number): Histogram | undefined {
  let [low, high] = rangeOf(values);
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    const finite = Float64Array.from(values).filter(Number.isFinite);
    return finite.length === 0 ? undefined : histogram(finite, bins);
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const scale = bins / (high - low);
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i / scale));
  return { edges, counts: countsOf(values, low, scale, bins) };
}

/** Four tables in turn: an increment need not wait for the one before it, and most values share few bins. */
function countsOf(values: ArrayLike<number>, low: number, scale: number, bins: number): number[] {
  const width = bins + 1; // with one for the upper edge itself
  const tables = new Int32Array(TABLES * width);
  const count = (i: number, table: number): void => {
    const bin = table * width + ((((values[i] ?? low) - low) * scale) | 0); // never negative, so that this is the floor
    tables[bin] = (tables[bin] ?? 0) + 1;
  };
  const whole = values.length - (values.length % TABLES);
  for (let i = 0; i < whole; i += TABLES) {
    count(i, 0);
    count(i + 1, 1);
    count(i + 2, 2);
    count(i + 3, 3);
  }
  for (let i = whole; i < values.length; i++) count(i, 0);
  const inBin = (bin: number): number => [0, 1, 2, 3].reduce((sum, table) => sum + (tables[table * width + bin] ?? 0), 0);
  return Array.from({ length: bins }, (_, bin) => inBin(bin) + (bin === bins - 1 ? inBin(bins) : 0));
}

const TABLES = 4;

/** The smallest and the largest value; not finite where one of them is not, or there is none. Two of each in turn, for the same reason. */
function rangeOf(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high, oddLow, oddHigh] = [Infinity, -Infinity, Infinity, -Infinity];
  const pairs = values.length - (values.length % 2);
  for (let i = 0; i < pairs; i += 2) {
    const value = values[i] ?? Number.NaN;
    const odd = values[i + 1] ?? Number.NaN;
    low = Math.min(low, value); // twice as fast as comparing
    high = Math.max(high, value);
    oddLow = Math.min(oddLow, odd);
    oddHigh = Math.max(oddHigh, odd);
  }
  const last = pairs < values.length ? (values[pairs] ?? Number.NaN) : undefined;
  return [Math.min(low, oddLow, last ?? Infinity), Math.max(high, oddHigh, last ?? -Infinity)];
}
