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
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return undefined;
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const counts = new Array<number>(bins).fill(0);
  const scale = bins / (high - low);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(Math.floor((value - low) * scale), bins - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i / scale)), counts };
}
