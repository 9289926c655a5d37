import { describe, expect, test } from 'vitest';
import { categorical } from './categorical.ts';
import { fixed } from './fixed.ts';
import { float } from './float.ts';
import { int } from './int.ts';
import { when } from './when.ts';

describe('what is made', () => {
  test('is the JSON form, with nothing left open', () => {
    expect(float(0, 1)).toEqual({ kind: 'float', low: 0, high: 1, log: false });
    expect(float(1e-4, 0.1, { log: true })).toEqual({ kind: 'float', low: 1e-4, high: 0.1, log: true });
    expect(int(1, 8)).toEqual({ kind: 'int', low: 1, high: 8, log: false, step: 1 });
    expect(int(1, 8, { log: true, step: 1 })).toEqual({ kind: 'int', low: 1, high: 8, log: true, step: 1 });
    expect(categorical(['a', 1, null, true])).toEqual({ kind: 'categorical', choices: ['a', 1, null, true] });
    expect(fixed('a')).toEqual({ kind: 'fixed', value: 'a' });
    expect(when({ a: 1, b: ['x', 'y'] }, int(0, 1))).toEqual({ ...int(0, 1), when: { a: [1], b: ['x', 'y'] } });
  });

  test('is the same as what comes back from its JSON: there is no negative zero', () => {
    const parts = [float(-0, 1), float(-1, -0), categorical([-0]), fixed(-0), when({ a: -0 }, int(-0, -0))];
    expect(parts).toEqual(JSON.parse(JSON.stringify(parts)));
  });

  test('is frozen, and keeps no list of the caller', () => {
    const choices = ['a', 'b'];
    const values = [1, 2];
    const parameter = when({ other: values }, categorical(choices));
    choices.push('c');
    values.push(3);
    expect(parameter).toEqual({ kind: 'categorical', choices: ['a', 'b'], when: { other: [1, 2] } });
    const { choices: list, when: condition } = parameter;
    for (const part of [float(0, 1), int(0, 1), fixed(1), parameter, list, condition, condition['other']])
      expect(Object.isFrozen(part)).toBe(true);
  });

  test.each([
    [float(0, 1, { step: 0.3 }), 0.9],
    [float(0, 0.3, { step: 0.1 }), 0.3],
    [float(0, 0.35, { step: 0.1 }), 0.3],
    [float(0.1, 0.95, { step: 0.2 }), 0.9],
    [float(1, 1.5, { step: 2 }), 1],
    [float(0, 1e-7, { step: 3e-8 }), 9e-8],
    [int(16, 100, { step: 16 }), 96],
    [int(-5, 4, { step: 5 }), 0],
  ])('has its last step for its end: %o', ({ high }, last) => {
    expect(high).toBe(last);
  });
});

describe('what is refused', () => {
  test.each<[string, () => unknown, string]>([
    ['a low above the high', () => float(1, 0), 'float: `low` must be at most `high`, got low 1 and high 0. Swap them.'],
    ['a low above the high of whole numbers', () => int(3, 2), 'int: `low` must be at most `high`, got low 3 and high 2'],
    ['a bound that is no number', () => float(0, Infinity), '`high` must be a finite number, got Infinity'],
    ['a bound that is no whole number', () => int(0.5, 2), '`low` must be a whole number, got 0.5'],
    ['a range without end', () => float(-1.7e308, 1.7e308), '`high` minus `low` must be a finite number'],
    ['the logarithm of 0', () => float(0, 1, { log: true }), '`low` must be a finite number, above 0, got 0'],
    ['the logarithm of a whole number of 0', () => int(0, 8, { log: true }), '`low` must be a whole number, at least 1, got 0'],
    ['a logarithm in steps', () => float(1, 8, { log: true, step: 1 }), '`step` cannot be given together with `log`, got 1'],
    ['a logarithm in whole steps', () => int(1, 8, { log: true, step: 2 }), '`step` cannot be given together with `log`, got 2'],
    ['a step of 0', () => float(0, 1, { step: 0 }), '`step` must be a finite number, above 0, got 0'],
    ['a step back', () => int(0, 8, { step: -1 }), '`step` must be a whole number, above 0, got -1'],
    ['half a step', () => int(0, 8, { step: 1.5 }), '`step` must be a whole number, above 0, got 1.5'],
    ['a misspelled option', () => float(0, 1, { lgo: true } as object), 'float: has no option `lgo`. Did you mean `log`?'],
    ['no choices', () => categorical([]), 'categorical: `choices` must have at least one value, got none'],
    ['a choice twice', () => categorical(['a', 'b', 'a']), '`choices` has "a" twice'],
    ['choices that are no list', () => categorical('ab' as never), '`choices` must be a list, got "ab"'],
    [
      'a choice that is no JSON',
      () => categorical([Math.exp as never]),
      '`choices[0]` must be a string, a finite number, true, false or null',
    ],
    ['a choice of NaN', () => categorical([1, NaN]), '`choices[1]` must be a string, a finite number'],
    ['a fixed list', () => fixed([1] as never), 'fixed: `value` must be a string, a finite number, true, false or null, got [1]'],
    ['an empty condition', () => when({}, int(0, 1)), 'when: `condition` must name parameters and their values, got {}'],
    ['a condition without values', () => when({ a: [] }, int(0, 1)), '`condition.a` must have at least one value, got none'],
    ['a condition on a list', () => when({ a: [[1]] } as never, int(0, 1)), '`condition.a` must be a string'],
    ['a second condition', () => when({ a: 1 }, when({ b: 1 }, int(0, 1))), 'when: the parameter has a condition already'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });

  test('nothing that Optuna takes: one value, the number 1 beside its string, 0 in a linear range', () => {
    expect([float(2, 2), int(2, 2), categorical([1, '1']), float(0, 0.5)]).toHaveLength(4);
  });
});
