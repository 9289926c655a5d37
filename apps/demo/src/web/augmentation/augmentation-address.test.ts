import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAugmentation, writeAugmentation } from './augmentation-address.ts';
import { DEFAULT_STATE, MOST_STEPS, type AugmentationState, type Step } from './augmentation-state.ts';
import { OPERATIONS, rangeOf } from './operations.ts';
import { PICTURE_NAMES } from './picture/built-in.ts';

const steps = fc.constantFrom(...OPERATIONS).chain(({ name, strength }): fc.Arbitrary<Step> => {
  if (strength === undefined) return fc.constant({ operation: name, value: 0 });
  const { min, max, whole } = rangeOf(strength);
  const values = whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((value) => value + 0);
  return values.map((value) => ({ operation: name, value }));
});
const states: fc.Arbitrary<AugmentationState> = fc.record({
  picture: fc.constantFrom(...PICTURE_NAMES),
  partner: fc.constantFrom(...PICTURE_NAMES),
  steps: fc.array(steps, { maxLength: MOST_STEPS }),
  seed: fc.nat(9999),
  epoch: fc.nat(999),
  sample: fc.nat(7),
  strength: fc.double({ min: 0, max: 1, noNaN: true }),
  alpha: fc.double({ min: 0.05, max: 8, noNaN: true }),
});

test('an address holds the state', () => {
  fc.assert(
    fc.property(states, (state) => {
      const query = new URLSearchParams(writeAugmentation(state).toString());
      expect(readAugmentation(query)).toEqual({ state, problems: [] });
    }),
  );
});

test('an address without a state shows the usual one', () => {
  expect(readAugmentation(new URLSearchParams())).toEqual({ state: DEFAULT_STATE, problems: [] });
});

test.each([
  ['step=rotat:30', "There is no operation 'rotat': did you mean 'rotate'?"],
  ['step=rotate:900', "degrees of rotate takes a number from 0 to 180, not '900'."],
  ['step=posterize:2.5', "bits of posterize takes a whole number from 1 to 8, not '2.5'."],
  ['picture=meado', "There is no picture 'meado': did you mean 'meadow'?"],
  ['alpha=0', "alpha takes a number from 0.05 to 8, not '0'."],
  [Array.from({ length: MOST_STEPS + 1 }, () => 'step=flip').join('&'), `A pipeline here has at most ${MOST_STEPS} operations`],
])('%s is said in words', (query, problem) => {
  expect(readAugmentation(new URLSearchParams(query)).problems).toEqual([expect.stringContaining(problem)]);
});

test('an operation without a number has its usual one', () => {
  expect(readAugmentation(new URLSearchParams('step=rotate&step=augMix')).state.steps).toEqual([
    { operation: 'rotate', value: 30 },
    { operation: 'augMix', value: 3 },
  ]);
});
