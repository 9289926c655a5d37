/** What is searched: a function whose lowest point is known, or a training. */
export const OBJECTIVES = ['function', 'training'] as const;
export type ObjectiveName = (typeof OBJECTIVES)[number];

/** How the numbers of the training are drawn: as many from 0.001 to 0.01 as from 0.01 to 0.1, or evenly. */
export const SCALES = ['logarithm', 'even'] as const;
export type ScaleName = (typeof SCALES)[number];

/** All that a comparison of searches is; what the address of the page holds. */
export interface SearchState {
  readonly objective: ObjectiveName;
  /** How many values the grid tries of each number. Every search has the square of it as trials. */
  readonly side: number;
  readonly seed: number;
  /** How much the function's second number matters, from 0 (not at all) to 1 (as much as the first). */
  readonly weight: number;
  readonly scale: ScaleName;
  /** The trial that is looked at; `undefined` is the last one. */
  readonly at: number | undefined;
}

export const SIDES = { min: 2, max: 8, whole: true } as const;
export const SEEDS = { min: 1, max: 100, whole: true } as const;

export const DEFAULT_SEARCH: SearchState = { objective: 'function', side: 4, seed: 13, weight: 0.1, scale: 'logarithm', at: undefined };

/** How many trials each search has. */
export const trialsOf = ({ side }: Pick<SearchState, 'side'>): number => side ** 2;
