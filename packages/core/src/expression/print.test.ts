import { describe, expect, test } from 'vitest';
import { hashGraph, hashText } from './hash.ts';
import { leaf, operation } from './node.ts';
import { add, elementIndex, mul, norm, randomNormal, size } from './ops.ts';
import { print } from './print.ts';

const g = leaf({ op: 'input', name: 'gradient', over: [] });
const m = leaf({ op: 'input', name: 'adam/m', over: [0] });

describe('a printed graph', () => {
  test('has a line a node, each after what it needs', () => {
    const rate = leaf({ op: 'scalar', name: 'rule/learningRate' });
    const next = add(mul(m, 0.9), mul(norm(g, { over: [0] }), 0.1));
    const noise = randomNormal({ seed: 7, stream: 'noise' });
    const update = mul(add(next, mul(noise, elementIndex())), mul(rate, size()));
    expect(print({ 'adam/m': next, update })).toMatchInlineSnapshot(`
      "%0 = adam/m[0]
      %1 = mul %0 0.9
      %2 = gradient[]
      %3 = norm over 0 %2
      %4 = mul %3 0.1
      %5 = add %1 %4
      %6 = normal seed 7 stream "noise"
      %7 = index
      %8 = toNumber %7
      %9 = mul %6 %8
      %10 = add %5 %9
      %11 = $rule/learningRate
      %12 = size over tensor
      %13 = mul %11 %12
      %14 = mul %10 %13
      adam/m = %5
      update = %14"
    `);
  });

  test('tells integers from numbers', () => {
    const bits = operation('integerXor', operation('bitsOf', g), leaf({ op: 'constant', value: 1 }, 'integer'));
    expect(print({ bits })).toMatchInlineSnapshot(`
      "%0 = gradient[]
      %1 = bitsOf %0
      %2 = integerXor %1 1u
      bits = %2"
    `);
  });
});

describe('a hash', () => {
  test('is the same for equal graphs, on every machine', () => {
    expect(hashGraph({ update: mul(g, 2) })).toBe(hashGraph({ update: mul(g, 2) }));
    expect(hashGraph({ update: mul(g, 2) })).toMatchInlineSnapshot(`"5366a7937fda79df"`);
    expect(hashText('')).toBe('811c9dc59e3779b9');
  });

  test('differs with a constant, an output, an axis', () => {
    const graphs = [{ a: mul(g, 2) }, { a: mul(g, 3) }, { b: mul(g, 2) }, { a: mul(m, 2) }, { a: norm(g) }, { a: norm(g, { over: [0] }) }];
    expect(new Set(graphs.map(hashGraph)).size).toBe(graphs.length);
  });
});
