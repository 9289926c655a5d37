import { describe, expect, test } from 'vitest';
import { isExpression, leaf, OPERATIONS, type Expression } from './node.ts';
import * as ops from './ops.ts';
import { print } from './print.ts';

const g = leaf({ op: 'input', name: 'g', over: [] });
const text = (value: Expression): string => print({ value });

describe('an operation', () => {
  test('on plain numbers computes at once, in float64', () => {
    expect(ops.add(0.1, 0.2)).toBe(0.1 + 0.2);
    expect(ops.sqrt(2)).toBe(Math.SQRT2);
    expect(ops.pow(2, 10)).toBe(1024);
    expect(ops.min(1, Number.NaN)).toBeNaN();
    expect(ops.sign(-3)).toBe(-1);
  });

  test('on an expression builds a node, with numbers as constants', () => {
    expect(text(ops.mul(g, 2))).toBe('%0 = g[]\n%1 = mul %0 2\nvalue = %1');
    expect(text(ops.sub(2, g))).toBe('%0 = g[]\n%1 = sub 2 %0\nvalue = %1');
  });

  test('refuses what is neither, which is often a slot that was not declared', () => {
    const undeclared = undefined as unknown as Expression;
    const calls = [
      () => ops.add(g, undeclared),
      () => ops.sqrt(undeclared),
      () => ops.sum(undeclared),
      () => ops.not(undeclared),
      () => ops.and(ops.less(g, 1), true as never),
      () => ops.select(undeclared, 1, 2),
      () => ops.mul(g, '0.1' as never),
    ];
    for (const call of calls)
      expect(call).toThrow(
        expect.objectContaining({ code: 'illegal-expression', message: expect.stringContaining('declared by the rule') }),
      );
  });

  test('is frozen, its inputs too', () => {
    const node = ops.norm(ops.add(g, 1));
    expect(Object.isFrozen(node)).toBe(true);
    expect(Object.isFrozen(node.inputs)).toBe(true);
    expect(Object.isFrozen(node.inputs[0])).toBe(true);
    expect(Object.isFrozen(node.inputs[0]?.inputs)).toBe(true);
  });

  test('has a type by its name', () => {
    expect(ops.less(g, 1).type).toBe('boolean');
    expect(ops.select(ops.less(g, 1), g, 0).type).toBe('number');
    expect(ops.elementIndex().type).toBe('number');
    expect(OPERATIONS.less[1]).toBe('boolean');
  });

  test('is told from plain objects by its kind', () => {
    expect(isExpression(g)).toBe(true);
    expect(isExpression({ kind: 'transform' })).toBe(false);
    expect(isExpression(undefined)).toBe(false);
  });
});

describe('a word for several operations', () => {
  test.each([
    ['square', ops.square(g), '%1 = mul %0 %0'],
    ['rsqrt', ops.rsqrt(g), '%1 = sqrt %0\n%2 = div 1 %1'],
    ['clamp', ops.clamp(g, -1, 1), '%1 = max %0 -1\n%2 = min %1 1'],
    ['greater', ops.greater(g, 1), '%1 = less 1 %0'],
    ['greaterEqual', ops.greaterEqual(g, 1), '%1 = lessEqual 1 %0'],
    ['mean', ops.mean(g), '%1 = sum over tensor %0\n%2 = size over tensor %0\n%3 = div %1 %2'],
  ])('%s', (_, value, lines) => {
    expect(text(value)).toContain(`%0 = g[]\n${lines}\n`);
  });

  test('lerp works out 1 − share in float64', () => {
    expect(text(ops.lerp(g, 0, 0.9))).toContain(`mul ${1 - 0.9} %0`);
  });
});
