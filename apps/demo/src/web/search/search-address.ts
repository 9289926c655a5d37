import { addressFields, writtenFields } from '../shell/address-fields.ts';
import type { AddressCodec } from '../shell/use-address-state.ts';
import { DEFAULT_SEARCH, OBJECTIVES, SCALES, SEEDS, SIDES, trialsOf, type SearchState } from './search-state.ts';

/** The comparison as parts of an address; what is as usual is left out. */
export const searchAddress: AddressCodec<SearchState> = {
  write: (state) => writtenFields(state, DEFAULT_SEARCH),
  read(query) {
    const { oneOf, number, problems } = addressFields(query);
    const side = number('side', DEFAULT_SEARCH.side, SIDES);
    const trials = trialsOf({ side });
    const at = number('at', undefined, { min: 0, max: trials, whole: true });
    const state: SearchState = {
      objective: oneOf('objective', OBJECTIVES, DEFAULT_SEARCH.objective),
      side,
      seed: number('seed', DEFAULT_SEARCH.seed, SEEDS),
      weight: number('weight', DEFAULT_SEARCH.weight, { min: 0, max: 1 }),
      scale: oneOf('scale', SCALES, DEFAULT_SEARCH.scale),
      at: at === trials ? undefined : at,
    };
    return { state, problems };
  },
};
