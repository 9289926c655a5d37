import type { Parameters, Settings } from '@downhill/tuning';

/** Something to minimize, the same in Python: `python/tuning_problems.py` has a function of the same name. */
export interface Problem {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  readonly parameters: Parameters;
  at(settings: Settings): number;
  /** Numbers that the function in Python is given too. */
  readonly data?: object;
}
