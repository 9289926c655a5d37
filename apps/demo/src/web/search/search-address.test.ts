import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchAddress } from './search-address.ts';
import { DEFAULT_SEARCH, OBJECTIVES, SCALES, type SearchState } from './search-state.ts';

const read = (text: string) => searchAddress.read(new URLSearchParams(text));

test('a comparison is the same when its address is opened', () => {
  const states = fc.record<SearchState>({
    objective: fc.constantFrom(...OBJECTIVES),
    side: fc.integer({ min: 2, max: 8 }),
    seed: fc.integer({ min: 1, max: 100 }),
    weight: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
    scale: fc.constantFrom(...SCALES),
    at: fc.constantFrom(undefined, 0, 3),
  });
  fc.assert(
    fc.property(states, (state) => {
      expect(read(searchAddress.write(state).toString())).toEqual({ state, problems: [] });
    }),
  );
  expect(searchAddress.write(DEFAULT_SEARCH).toString()).toBe('');
});

test('the last trial is as good as none named, and one beyond it is said in words', () => {
  expect(read('side=3&at=9').state.at).toBeUndefined();
  expect(read('side=3&at=10').problems).toEqual(["at takes a whole number from 0 to 9, not '10'."]);
});
