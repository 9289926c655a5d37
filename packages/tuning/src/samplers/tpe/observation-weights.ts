import type { CompleteParzenOptions } from './parzen-options.ts';

const RECENT = 25;

/**
 * The weights of the observations, from the oldest to the newest, and last of the prior; they add up to 1.
 *
 * `old-decay`: 1 for the last 25, and for those before them on a straight line up from 1/n (Bergstra et al. 2013, section 5; Optuna's
 * default). `uniform`: 1 for all.
 */
export function observationWeights(
  observations: number,
  { priorWeight, weights }: Pick<CompleteParzenOptions, 'priorWeight' | 'weights'>,
): readonly number[] {
  const old = weights === 'uniform' ? 0 : Math.max(observations - RECENT, 0);
  const ramp = Array.from({ length: old }, (_, i) => (1 + (observations - 1) * (old === 1 ? 0 : i / (old - 1))) / observations);
  const all = [...ramp, ...Array.from({ length: observations - old }, () => 1), priorWeight];
  const sum = all.reduce((total, weight) => total + weight, 0);
  return all.map((weight) => weight / sum);
}
