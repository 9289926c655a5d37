import { checkNumber, checkOneOf, complete } from '@downhill/core';

/** How much observations weigh by their age. */
export type AgeRule = 'old-decay' | 'uniform';

/** How observations become a {@link ParzenEstimator}. */
export interface ParzenOptions {
  /** Whether kernels suit all parameters together, or each alone. @defaultValue true; false in Optuna: see {@link tpe} */
  readonly multivariate?: boolean;
  /** The prior's weight, above 0, where an observation's is 1. @defaultValue 1, Optuna's */
  readonly priorWeight?: number;
  /** How much observations weigh by their age. @defaultValue 'old-decay', Optuna's */
  readonly weights?: AgeRule;
  /**
   * Whether, each parameter alone, kernels have a least width: 1/100 of the range, or 1 / (1 + kernels) of it where that is more.
   * @defaultValue true, Optuna's
   */
  readonly considerMagicClip?: boolean;
  /** Whether, each parameter alone, the outermost kernels are as wide as their distance to the ends. @defaultValue false, Optuna's */
  readonly considerEndpoints?: boolean;
}

export type CompleteParzenOptions = Required<ParzenOptions>;

export const parzenDefaults: CompleteParzenOptions = {
  multivariate: true,
  priorWeight: 1,
  weights: 'old-decay',
  considerMagicClip: true,
  considerEndpoints: false,
};

/** @throws DownhillError `invalid-argument` */
export function completeParzen(source: string, options: ParzenOptions): CompleteParzenOptions {
  const full = complete(source, options, parzenDefaults);
  checkParzenOptions(source, full);
  return full;
}

/** @throws DownhillError `invalid-argument` */
export function checkParzenOptions(source: string, { priorWeight, weights }: CompleteParzenOptions): void {
  checkNumber(source, { priorWeight }, { above: 0 });
  checkOneOf(source, 'weights', weights, ['old-decay', 'uniform']);
}
