import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitrarySpace } from '../../test/arbitrary-space.ts';
import { categorical } from './categorical.ts';
import type { ParameterInput } from './checked-parameter.ts';
import { fixed } from './fixed.ts';
import { float } from './float.ts';
import { int } from './int.ts';
import { space } from './space.ts';
import { when } from './when.ts';

const kind = categorical(['a', 'b']);

describe('a space', () => {
  test('comes back from its JSON', () => {
    fc.assert(
      fc.property(arbitrarySpace, (searched) => {
        const text = JSON.stringify(searched);
        const again = space(JSON.parse(text) as Record<string, ParameterInput>);
        expect(again.parameters).toEqual(searched.parameters);
        expect(JSON.stringify(again)).toBe(text);
      }),
    );
  });

  test('is made of JSON in which the defaults are left out', () => {
    const written = {
      optimizer: { kind: 'categorical', choices: ['sgd', 'adam'] },
      rate: { kind: 'float', low: 0, high: 1 },
      units: { kind: 'int', low: 1, high: 10, step: 4 },
      momentum: { kind: 'float', low: 0, high: 0.99, when: { optimizer: 'sgd' } },
      seed: { kind: 'fixed', value: 1 },
    } as const;
    const made = {
      optimizer: categorical(['sgd', 'adam']),
      rate: float(0, 1),
      units: int(1, 10, { step: 4 }),
      momentum: when({ optimizer: 'sgd' }, float(0, 0.99)),
      seed: fixed(1),
    };
    expect(space(written).parameters).toEqual(made);
  });

  test('is frozen to the ground, and no longer what it was made of', () => {
    const rate = { kind: 'float', low: 0, high: 1, log: false } as const;
    const { parameters } = space({ rate });
    expect(Object.isFrozen(parameters)).toBe(true);
    expect(Object.isFrozen(parameters.rate)).toBe(true);
    expect(parameters.rate).not.toBe(rate);
  });
});

describe('what is refused', () => {
  const wrong =
    (fields: unknown): (() => unknown) =>
    () =>
      space({ kind, x: fields as ParameterInput });
  test.each<[string, () => unknown, string]>([
    ['no parameters', () => space({}), 'space: takes an object with at least one parameter, got {}'],
    ['a list', () => space([float(0, 1)] as never), 'space: takes an object with at least one parameter'],
    ['a parameter without a name', () => space({ '': float(0, 1) }), 'a parameter cannot be named ""'],
    ['a value in place of a parameter', wrong(3), '`x` must be a parameter, got 3. Write float(low, high)'],
    [
      'a kind that there is not',
      wrong({ kind: 'flaot', low: 0, high: 1 }),
      '`x.kind` must be one of float, int, categorical, fixed, got "flaot". Did you mean \'float\'?',
    ],
    ['no kind', wrong({ low: 0, high: 1 }), '`x.kind` must be one of float, int, categorical, fixed, got undefined.'],
    ['a kind that all objects have', wrong({ kind: 'toString' }), '`x.kind` must be one of'],
    ['a field that there is not', wrong({ kind: 'float', low: 0, hihg: 1 }), '`x` has no field `hihg`. Did you mean `high`?'],
    ['a field of another kind', wrong({ kind: 'categorical', choices: [1], step: 1 }), '`x` has no field `step`. There are choices, when.'],
    ['a missing field', wrong({ kind: 'float', low: 0 }), '`x.high` must be a finite number, got undefined'],
    ['a field of another type', wrong({ kind: 'int', low: 1, high: 2, log: 1 }), '`x.log` must be true or false, got 1'],
    ['a low above the high', wrong({ kind: 'int', low: 3, high: 1 }), '`x.low` must be at most `x.high`, got low 3 and high 1'],
    ['the logarithm of 0', wrong({ kind: 'float', low: 0, high: 1, log: true }), '`x.low` must be a finite number, above 0, got 0'],
    ['no choices', wrong({ kind: 'categorical', choices: [] }), '`x.choices` must have at least one value'],
    ['an empty condition', wrong({ kind: 'fixed', value: 1, when: {} }), '`x.when` must name parameters and their values'],
    [
      'a condition on what is unknown',
      wrong(when({ knid: 'a' }, fixed(1))),
      'the condition of `x` names `knid`, which is no parameter of the space. Did you mean `kind`?',
    ],
    ['a condition on itself', wrong(when({ x: 1 }, fixed(1))), 'the condition of `x` names `x`, which is not before it'],
    [
      'a condition on what comes later',
      () => space({ x: when({ kind: 'a' }, fixed(1)), kind }),
      'names `kind`, which is not before it. Put `kind` first.',
    ],
    ['a condition that is never met', wrong(when({ kind: ['a', 'c'] }, fixed(1))), 'is never met: `kind` is one of "a", "b", never "c"'],
    [
      'a condition between two steps',
      () => space({ n: int(0, 8, { step: 2 }), x: when({ n: 3 }, fixed(1)) }),
      '`n` is a whole number from 0 to 8 in steps of 2, never 3',
    ],
    [
      'a condition on any number of a range',
      () => space({ r: float(0, 1), x: when({ r: 0.5 }, fixed(1)) }),
      'names `r`, which has no single values',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
