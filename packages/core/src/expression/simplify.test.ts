import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { leaf, operation, type Expression } from './node.ts';
import { add, div, exp, isFinite, log, max, min, mul, neg, norm, sin, sqrt, square, sub } from './ops.ts';
import { nodesOf, print } from './print.ts';
import { rewriter } from './simplify.ts';

const g = leaf({ op: 'input', name: 'g', over: [] });
const constant = (value: number): Expression => leaf({ op: 'constant', value });
const simplify = (value: Expression): Expression => rewriter()(value);
const text = (value: Expression): string => print({ value: simplify(value) });

describe('simplifying', () => {
  test('folds constants in float64', () => {
    expect(text(mul(g, sub(1, constant(0.9))))).toContain(`mul %0 ${1 - 0.9}`);
    expect(text(sin(constant(2)))).toBe(`value = ${sin(2)}`);
  });

  test('folds nothing to NaN: the operation stays and says it at run time', () => {
    expect(text(log(constant(-1)))).toContain('log -1');
  });

  test('makes equal parts one node, whoever wrote them', () => {
    const value = add(square(add(g, 1)), square(add(g, 1)));
    expect(nodesOf([value])).toHaveLength(8);
    expect(text(value)).toBe('%0 = g[]\n%1 = add %0 1\n%2 = mul %1 %1\n%3 = add %2 %2\nvalue = %3');
  });

  test('shares nodes between graphs of one rewriter', () => {
    const one = rewriter();
    expect(one(exp(g))).toBe(one(exp(g)));
    expect(one(exp(g))).not.toBe(simplify(exp(g)));
  });

  test('tells 0 from −0, numbers from integers and a reduction from another', () => {
    const differing = [
      constant(0),
      constant(-0),
      leaf({ op: 'constant', value: 0 }, 'integer'),
      norm(g),
      norm(g, { over: [0] }),
      norm(g, { over: 'all' }),
    ];
    const one = rewriter();
    expect(new Set(differing.map(one)).size).toBe(differing.length);
  });

  test.each([
    ['x · 1', mul(g, 1)],
    ['1 · x', mul(1, g)],
    ['x / 1', div(g, 1)],
    ['x + −0', add(g, -0)],
    ['−0 + x', add(-0, g)],
    ['x − 0', sub(g, 0)],
    ['−(−x)', neg(neg(g))],
    ['max(x, x)', max(g, g)],
    ['min(x, x)', min(g, g)],
  ])('%s is x', (_, value) => {
    expect(simplify(value)).toBe(g);
  });

  test.each([
    ['x + 0 turns −0 into 0', add(g, 0), -0, 0],
    ['x · 0 is NaN for infinity', mul(g, 0), Infinity, Number.NaN],
    ['x − x is NaN for infinity', sub(g, g), Infinity, Number.NaN],
    ['x / x is NaN for 0', div(g, g), 0, Number.NaN],
  ])('%s, so it stays', (_, value, x, result) => {
    expect(simplify(value)).not.toBe(g);
    expect(evaluate(simplify(value), () => x)).toBe(result);
  });

  test('changes no bit of any result', () => {
    const special = fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, Number.NaN, 0.1);
    const tree: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.oneof(fc.constant(g), special.filter((x) => !Number.isNaN(x)).map(constant)),
        fc
          .tuple(fc.constantFrom('add', 'sub', 'mul', 'div', 'min', 'max'), tie('tree'), tie('tree'))
          .map(([op, a, b]) => operation(op, a, b)),
        fc.tuple(fc.constantFrom('neg', 'abs', 'sign', 'floor'), tie('tree')).map(([op, a]) => operation(op, a)),
      ),
    })).tree;
    fc.assert(
      fc.property(tree, special, (value, x) =>
        Object.is(
          evaluate(simplify(value), () => x),
          evaluate(value, () => x),
        ),
      ),
    );
  });

  test('rewrites again what a rewrite gave', () => {
    const rewrite = rewriter(({ op, inputs: [a] }) => (op === 'exp' && a !== undefined ? add(1, a) : undefined));
    expect(print({ value: rewrite(exp(exp(constant(1)))) })).not.toContain('exp');
    expect(print({ value: rewrite(exp(exp(g))) })).toBe('%0 = g[]\n%1 = add 1 %0\n%2 = add 1 %1\nvalue = %2');
  });
});

describe('evaluating', () => {
  test('works out what is not an element, conditions as 0 and 1', () => {
    const s = leaf({ op: 'scalar', name: 's' });
    expect(evaluate(sqrt(add(s, 7)), () => 2)).toBe(3);
    expect(evaluate(isFinite(s), () => Infinity)).toBe(0);
  });

  test('visits a shared node once: 2²⁰⁰ takes no time', () => {
    let value: Expression = leaf({ op: 'scalar', name: 's' });
    for (let i = 0; i < 200; i++) value = add(value, value);
    expect(evaluate(value, () => 1)).toBe(2 ** 200);
  });
});
