import { checkNumber } from '@downhill/core';
import { sumOf, type GradientMoments } from './gradient-moments.ts';

/**
 * The batch size that Balles, Romero & Hennig 2017 (CABS, equation 22) would take next: larger with more noise and a higher rate, and as the loss falls.
 *
 *     B = η tr(Σ) / L, Σ over n
 *
 * @example
 * cabsBatchSize(gradientMoments([[1, 0], [3, 0]]), { learningRate: 0.1, loss: 0.05 }); // 2
 *
 * @throws DownhillError `invalid-argument` where rate or loss is not above 0.
 */
export function cabsBatchSize(
  { rows, variance }: GradientMoments,
  { learningRate, loss }: { readonly learningRate: number; readonly loss: number },
): number {
  checkNumber('cabsBatchSize', { learningRate, loss }, { above: 0 });
  return (learningRate * sumOf(variance) * (rows.length - 1)) / rows.length / loss;
}
