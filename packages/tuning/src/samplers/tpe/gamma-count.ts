/** How the number of good trials grows with the number of all. */
export type GammaRule = 'linear' | 'sqrt';

const MOST = 25;

/**
 * How many of `finished` trials count as good ones.
 *
 *     linear   min(⌈0.1 n⌉, 25)     Optuna's default
 *     sqrt     min(⌈0.25 √n⌉, 25)   Bergstra et al. 2013, as in Hyperopt
 *
 * @example
 * gammaCount(100, 'linear'); // 10
 * gammaCount(100, 'sqrt'); // 3
 */
export function gammaCount(finished: number, rule: GammaRule): number {
  return Math.min(Math.ceil(rule === 'linear' ? finished / 10 : 0.25 * Math.sqrt(finished)), MOST);
}
