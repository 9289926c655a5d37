import { queryReader } from '../shell/query-reader.ts';
import type { Read } from '../shell/use-address-state.ts';
import { CONVENTIONS, DEFAULT_STATE, DROPS, LAYERS, RANGES, REGIONS, type RegularizationState } from './regularization-state.ts';

/** The state as parts of an address. */
export const writeRegularization = (state: RegularizationState): URLSearchParams =>
  new URLSearchParams(Object.entries(state).map(([name, value]) => [name, String(value)]));

/** Reads what {@link writeRegularization} wrote, or what somebody typed: what makes no sense is named and left as usual. */
export function readRegularization(query: URLSearchParams): Read<RegularizationState> {
  const read = queryReader(query);
  const number = (name: keyof typeof RANGES): number => read.number(name, DEFAULT_STATE[name], RANGES[name]);
  const state: RegularizationState = {
    digit: number('digit'),
    seed: number('seed'),
    step: number('step'),
    drop: read.choice('drop', DEFAULT_STATE.drop, DROPS),
    layer: read.choice('layer', DEFAULT_STATE.layer, LAYERS),
    rate: number('rate'),
    block: number('block'),
    blocks: number('blocks'),
    survival: number('survival'),
    convention: read.choice('convention', DEFAULT_STATE.convention, CONVENTIONS),
    ratio: number('ratio'),
    regions: read.choice('regions', DEFAULT_STATE.regions, REGIONS),
    overlapping: read.choice('overlapping', String(DEFAULT_STATE.overlapping), ['true', 'false']) === 'true',
  };
  return { state, problems: read.problems };
}
