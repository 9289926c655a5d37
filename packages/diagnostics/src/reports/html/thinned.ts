/** Indices of at most `limit` points that draw the same line: of each stretch of points, its lowest and its highest; and the ends. */
export function thinned(values: readonly number[], limit: number): number[] {
  if (values.length <= limit) return values.map((_, i) => i);
  const stretches = Math.max(1, Math.floor((limit - 2) / 2));
  const kept = new Set([0, values.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const [from, to] = [Math.floor((stretch * values.length) / stretches), Math.floor(((stretch + 1) * values.length) / stretches)];
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      const value = values[i] ?? Number.NaN;
      if (value < (values[low] ?? 0) || Number.isNaN(values[low])) low = i;
      if (value > (values[high] ?? 0) || Number.isNaN(values[high])) high = i;
    }
    kept.add(low).add(high);
  }
  return [...kept].toSorted((a, b) => a - b);
}
