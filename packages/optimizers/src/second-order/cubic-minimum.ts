import type { Trial } from './line-search.ts';

/**
 * Where the cubic through two losses and slopes has its minimum, kept within bounds; the middle of the bounds where it has none.
 *
 * Nocedal & Wright 2006, equation 3.59; the same formula serves to extrapolate, as in minFunc and PyTorch.
 */
export function cubicMinimum(
  a: Omit<Trial, 'point'>,
  b: Omit<Trial, 'point'>,
  [low, high]: readonly [low: number, high: number] = a.at <= b.at ? [a.at, b.at] : [b.at, a.at],
): number {
  const [left, right] = a.at <= b.at ? [a, b] : [b, a];
  const d1 = left.slope + right.slope - (3 * (left.loss - right.loss)) / (left.at - right.at);
  const d2 = Math.sqrt(d1 * d1 - left.slope * right.slope);
  const at = right.at - (right.at - left.at) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
  return Number.isNaN(at) ? (low + high) / 2 : Math.min(Math.max(at, low), high);
}
