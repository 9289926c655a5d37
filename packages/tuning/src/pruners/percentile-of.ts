/**
 * The percentile of numbers, between the two nearest by a straight line: NumPy's `nanpercentile`, to its last bit.
 *
 * @param percent From 0 to 100.
 * @returns NaN where none is a number.
 */
export function percentileOf(values: readonly number[], percent: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const place = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return Number.NaN;
  if (below === above) return below; // infinities too
  const share = place - Math.floor(place);
  return share < 0.5 ? below + (above - below) * share : above - (above - below) * (1 - share);
}
