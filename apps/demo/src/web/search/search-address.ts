import { queryReader } from '../shell/query-reader.ts';
import type { AddressCodec } from '../shell/use-address-state.ts';
import { writtenFields } from '../shell/written-fields.ts';
import { DEFAULT_SEARCH, OBJECTIVES, SCALES, SEEDS, SIDES, trialsOf, type SearchState } from './search-state.ts';

/** The comparison as parts of an address; what is as usual is left out. */
export const searchAddress: AddressCodec<SearchState> = {
  write: (state) => writtenFields(state, DEFAULT_SEARCH),
  read(query) {
    const { choice, number, problems } = queryReader(query);
    const side = number('side', DEFAULT_SEARCH.side, SIDES);
    const trials = trialsOf({ side });
    const at = number('at', trials, { min: 0, max: trials, whole: true });
    const state: SearchState = {
      objective: choice('objective', DEFAULT_SEARCH.objective, OBJECTIVES),
      side,
      seed: number('seed', DEFAULT_SEARCH.seed, SEEDS),
      weight: number('weight', DEFAULT_SEARCH.weight, { min: 0, max: 1 }),
      scale: choice('scale', DEFAULT_SEARCH.scale, SCALES),
      at: at === trials ? undefined : at,
    };
    return { state, problems };
  },
};
