import type { Choice, Parameter, Space } from '@downhill/core';
import * as fc from 'fast-check';
import { categorical } from '../src/space/categorical.ts';
import { fixed } from '../src/space/fixed.ts';
import { float } from '../src/space/float.ts';
import { int } from '../src/space/int.ts';
import { settingAt } from '../src/space/setting-at.ts';
import { space } from '../src/space/space.ts';
import { valueCount } from '../src/space/value-count.ts';
import { when } from '../src/space/when.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
const sorted = <T extends number>(each: fc.Arbitrary<T>): fc.Arbitrary<readonly [T, T]> =>
  fc.tuple(each, each).map(([a, b]) => (a < b ? [a, b] : [b, a]));

const choice: fc.Arbitrary<Choice> = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));

/** Any parameter without a condition. */
export const arbitraryParameter: fc.Arbitrary<Parameter> = fc.oneof(
  sorted(number).map(([low, high]) => float(low, high)),
  sorted(positive).map(([low, high]) => float(low, high, { log: true })),
  fc
    .record({ low: fc.integer({ min: -100, max: 100 }), places: fc.nat(50), step: fc.constantFrom(0.1, 0.25, 0.3, 1e-3, 7) })
    .map(({ low, places, step }) => float(low / 10, low / 10 + places * step, { step })),
  fc.record({ range: sorted(fc.integer()), step: fc.integer({ min: 1, max: 9 }) }).map(({ range, step }) => int(...range, { step })),
  sorted(fc.integer({ min: 1, max: 1e6 })).map(([low, high]) => int(low, high, { log: true })),
  fc.uniqueArray(choice, { minLength: 1, maxLength: 5 }).map((choices) => categorical(choices)),
  choice.map((value) => fixed(value)),
);

/** Spaces of a few parameters, of which some depend on others. */
export const arbitrarySpace: fc.Arbitrary<Space> = fc
  .array(fc.record({ parameter: arbitraryParameter, on: fc.option(fc.nat(3)), at: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((given) => {
    const parameters: Record<string, Parameter> = {};
    for (const [i, { parameter, on, at }] of given.entries()) {
      const other = Object.entries(parameters)[on ?? Infinity];
      const depends = other !== undefined && valueCount(other[1]) < Infinity;
      parameters[`p${i}`] = depends ? when({ [other[0]]: settingAt(other[1], at) }, parameter) : parameter;
    }
    return space(parameters);
  });
