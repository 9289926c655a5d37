import { describe, expect, test } from 'vitest';
import { leaf, operation, type Expression, type Over } from './node.ts';
import { add, count, less, mul, norm, select, sum } from './ops.ts';
import { checkGraph } from './spec.ts';

const g = leaf({ op: 'input', name: 'g', over: [] });
const rows = leaf({ op: 'input', name: 'rows', over: [1] });
const bits = operation('bitsOf', g);
const check =
  (value: Expression, over: Over = []): (() => void) =>
  () =>
    checkGraph('rule', [{ name: 'update', over, value }], 2);
const illegal = (message: string) => expect.objectContaining({ code: 'illegal-expression', message: expect.stringContaining(message) });

describe('a graph is legal', () => {
  test('where types, axes and slots fit', () => {
    expect(check(select(less(g, rows), add(g, 1), 0))).not.toThrow();
    expect(check(norm(g, { over: [1] }), [1])).not.toThrow();
    expect(check(norm(g), [1])).not.toThrow(); // a coarser value fits everywhere
    expect(check(norm(g, { over: 'all' }), 'all')).not.toThrow();
  });
});

describe('a graph is refused', () => {
  test.each<[string, Expression, string]>([
    ['that adds a condition', add(less(g, 1), 1), 'add takes number, number, got boolean, number. Compare with less, equal'],
    ['that adds bits', add(bits, 1), 'add takes number, number, got integer, number'],
    ['that selects by a number', select(g, 1, 2), 'select takes boolean, number, number, got number, number, number'],
    ['that counts numbers', count(g), 'count takes a boolean, got a number'],
    ['that sums conditions', sum(less(g, 1)), 'sum takes a number, got a boolean'],
    ['that forgot an input', operation('add', g), 'add takes 2 values, got 1'],
    ['whose constant is NaN', mul(g, Number.NaN), 'a constant is NaN. Check the numbers'],
    ['whose result is a condition', less(g, 1), 'update must be a number, got a boolean'],
    ['whose axis does not exist', norm(g, { over: [2] }), 'the axes [2] do not fit a parameter with 2 axes'],
    ['whose axis is no whole number', norm(g, { over: [0.5] }), 'the axes [0.5] do not fit'],
    [
      'whose reach is misspelled',
      norm(g, { over: 'tensors' as 'tensor' }),
      "`over` must be 'all', 'tensor' or a list of axes, got \"tensors\"",
    ],
  ])('%s', (_, value, message) => {
    expect(check(value)).toThrow(illegal(message));
  });

  test.each<[Over, Expression, string]>([
    [[1], g, 'update is kept over the axes [1], but its value differs there. Reduce it first.'],
    [[1], norm(g, { over: [0] }), 'update is kept over the axes [1], but its value differs there'],
    ['tensor', rows, "update is kept over 'tensor', but its value differs there"],
    ['all', norm(g), "update is kept over 'all', but its value differs there"],
    [[5], norm(g), 'the axes [5] do not fit'],
  ])('whose output over %o is too fine or out of place', (over, value, message) => {
    expect(check(value, over)).toThrow(illegal(message));
  });
});
