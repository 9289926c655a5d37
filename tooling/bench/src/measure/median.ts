/** The middle value; of an even count, the mean of the middle two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = NaN, high = low] =
    sorted.length % 2 === 0 ? sorted.slice(half - 1, half + 1) : sorted.slice(Math.floor(half), Math.ceil(half));
  return (low + high) / 2;
}
