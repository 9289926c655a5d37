import { logErfc } from '@downhill/core/math';

/**
 * How likely it is, were both the same, that the first sample is larger by as much as it is: the one-sided Mann-Whitney U test, with the normal
 * approximation, corrected for ties and for continuity, as SciPy's `mannwhitneyu(a, b, alternative='greater', method='asymptotic')`.
 *
 * Mann & Whitney 1947.
 */
export function largerByChance(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b].sort((x, y) => x - y);
  const [n, m] = [a.length, b.length];
  const rankSum = a.reduce((sum, value) => sum + (all.indexOf(value) + all.lastIndexOf(value)) / 2 + 1, 0);
  const u = rankSum - (n * (n + 1)) / 2;
  const sizes = [...new Set(all)].map((value) => all.lastIndexOf(value) - all.indexOf(value) + 1);
  const ties = sizes.reduce((sum, size) => sum + size ** 3 - size, 0);
  const variance = ((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
  if (variance === 0) return 1;
  const z = (u - (n * m) / 2 - 0.5) / Math.sqrt(variance);
  return Math.exp(logErfc(z * Math.SQRT1_2)) / 2;
}
