/**
 * Weights of observations from the oldest to the newest: 1 for the last 25, and a straight line from 1/n up to 1 for those before them.
 * Bergstra et al. 2013; Optuna's default.
 *
 * @example
 * oldDecay(2); // [1, 1]
 */
export function oldDecay(observations: number): readonly number[] {
  const old = Math.max(observations - RECENT, 0);
  const ramp = Array.from({ length: old }, (_, i) => lerp(1 / observations, 1, old === 1 ? 0 : i / (old - 1)));
  return [...ramp, ...Array.from({ length: observations - old }, () => 1)];
}

const RECENT = 25;

const lerp = (from: number, to: number, share: number): number => from + (to - from) * share;
