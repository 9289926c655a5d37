import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRegularization, writeRegularization } from './regularization-address.ts';
import { CONVENTIONS, DEFAULT_STATE, DROPS, LAYERS, RANGES, REGIONS, type RegularizationState } from './regularization-state.ts';

const whole = (name: 'digit' | 'seed' | 'step' | 'block' | 'blocks'): fc.Arbitrary<number> => fc.integer(RANGES[name]);
const share = ({ min, max }: { readonly min: number; readonly max: number }): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((value) => value + 0);
const states: fc.Arbitrary<RegularizationState> = fc.record({
  digit: whole('digit'),
  seed: whole('seed'),
  step: whole('step'),
  drop: fc.constantFrom(...DROPS),
  layer: fc.constantFrom(...LAYERS),
  rate: share(RANGES.rate),
  block: whole('block'),
  blocks: whole('blocks'),
  survival: share(RANGES.survival),
  convention: fc.constantFrom(...CONVENTIONS),
  ratio: share(RANGES.ratio),
  regions: fc.constantFrom(...REGIONS),
  overlapping: fc.boolean(),
});

test('an address holds the state', () => {
  fc.assert(
    fc.property(states, (state) => {
      const query = new URLSearchParams(writeRegularization(state).toString());
      expect(readRegularization(query)).toEqual({ state, problems: [] });
    }),
  );
});

test('an address without a state shows the usual one, and what makes no sense is said', () => {
  expect(readRegularization(new URLSearchParams())).toEqual({ state: DEFAULT_STATE, problems: [] });
  expect(readRegularization(new URLSearchParams('drop=dropblock&rate=1&blocks=0'))).toEqual({
    state: DEFAULT_STATE,
    problems: [
      "There is no drop 'dropblock': did you mean 'dropBlock'?",
      "rate takes a number from 0 to 0.95, not '1'.",
      "blocks takes a whole number from 1 to 110, not '0'.",
    ],
  });
});
