import type { Odds } from './odds.ts';
import type { SearchTrial } from './run-search.ts';
import type { SearchState } from './search-state.ts';

/** What the search worker is asked. */
export type SearchRequest = Omit<SearchState, 'at'>;

/** What it answers, in any order, again and again. */
export type SearchAnswer =
  | { readonly kind: 'trials'; readonly way: number; readonly trials: readonly SearchTrial[] }
  /** The losses at the mesh of the training's picture, as far as they are known. */
  | { readonly kind: 'landscape'; readonly losses: readonly number[] }
  | { readonly kind: 'searched' }
  /** Of the function; trainings take too long. */
  | { readonly kind: 'odds'; readonly odds: Odds };
