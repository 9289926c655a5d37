/**
 * What a search may choose for one setting: anything between two bounds, evenly in its logarithm, or one of some values. The words are those of a
 * space of @downhill/tuning.
 */
export type SearchDimension =
  | { readonly kind: 'float'; readonly low: number; readonly high: number; readonly log: true }
  | { readonly kind: 'categorical'; readonly choices: readonly number[] };

/** The settings that are searched, by name. */
export type SearchSpace<Name extends string = string> = Readonly<Record<Name, SearchDimension>>;

/** A value for each name of a space. */
export type Settings<Name extends string = string> = Readonly<Record<Name, number>>;

/** What a search is asked for. */
export interface SearchRequest<Name extends string = string> {
  readonly space: SearchSpace<Name>;
  /**
   * The loss with some settings: the lower, the better; infinite where the run blew up. Calls wait for one another. Where `report` is passed, it
   * hears of the loss after each epoch, and a run ends, with the loss that it has, when `report` answers true.
   */
  readonly evaluate: (settings: Settings<Name>, report?: (epoch: number, loss: number) => Promise<boolean>) => Promise<number>;
  /** How many settings it may try. */
  readonly budget: number;
  /** What its random choices, if it makes any, are drawn from. */
  readonly seed: number;
  /** Asks it to end with what it has. `evaluate` then throws `aborted`. */
  readonly signal?: AbortSignal;
}

/** A loss that was measured. */
export interface SearchTrial<Name extends string = string> {
  readonly settings: Settings<Name>;
  readonly loss: number;
}

/** What a search found. */
export interface SearchResult<Name extends string = string> {
  /** Undefined where nothing was tried. */
  readonly best: Settings<Name> | undefined;
  /** In the order in which they were tried. */
  readonly trials: readonly SearchTrial<Name>[];
}

/** Anything that looks for good settings. */
export type Search = <Name extends string>(request: SearchRequest<Name>) => Promise<SearchResult<Name>>;
