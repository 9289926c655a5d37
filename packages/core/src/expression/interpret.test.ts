import { describe, expect, test } from 'vitest';
import { adamLike, clip } from '../../test/rules.ts';
import { trace, type KernelTrace } from '../trace.ts';
import { transform, type Transform } from '../transform.ts';
import { interpreter, PRIMITIVES } from './interpret.ts';
import { OPERATIONS, type Operation } from './node.ts';
import { mul } from './ops.ts';
import { segmentsFor } from './segments.ts';
import { plan } from './stages.ts';
import { uniformBlock } from './uniform-block.ts';

const plans = (rule: Transform, shape: readonly number[]) =>
  plan({ ...(trace(rule, { name: 'w', shape }).steps[0] as KernelTrace), rank: shape.length });

describe('a primitive operation', () => {
  const word = (value: number): number => value >>> 0;
  const cases: Partial<Record<Operation, readonly (readonly number[])[]>> = {
    // inputs, then the result
    min: [
      [1, 2, 1],
      [0, -0, -0],
      [Number.NaN, 1, Number.NaN],
    ],
    max: [
      [1, 2, 2],
      [0, -0, 0],
      [1, Number.NaN, Number.NaN],
    ],
    neg: [[0, -0]],
    floor: [
      [-0.5, -1],
      [-0, -0],
    ],
    less: [
      [1, 2, 1],
      [2, 2, 0],
      [Number.NaN, 1, 0],
    ],
    lessEqual: [
      [2, 2, 1],
      [Number.NaN, Number.NaN, 0],
    ],
    equal: [
      [0, -0, 1],
      [Number.NaN, Number.NaN, 0],
    ],
    isFinite: [
      [3e38, 1],
      [Infinity, 0],
      [Number.NaN, 0],
      [3.5e38, 0],
    ], // the last is too large for float32
    and: [
      [1, 1, 1],
      [1, 0, 0],
    ],
    or: [
      [0, 1, 1],
      [0, 0, 0],
    ],
    not: [
      [1, 0],
      [0, 1],
    ],
    select: [
      [1, 5, 6, 5],
      [0, 5, 6, 6],
    ],
    integerAdd: [[2 ** 32 - 1, 2, 1]],
    integerSub: [[1, 2, 2 ** 32 - 1]],
    integerXor: [[0b1100, 0b1010, 0b0110]],
    integerAnd: [[0b1100, 0b1010, 0b1000]],
    integerOr: [[0b1100, 0b1010, 0b1110]],
    rotateLeft: [[0x80000001, 4, 0x18]],
    shiftLeft: [[0x80000001, 1, 2]],
    shiftRight: [[0x80000001, 1, 0x40000000]],
    integerLess: [[1, 2 ** 32 - 1, 1]],
    selectInteger: [
      [1, 5, 6, 5],
      [0, 5, 6, 6],
    ],
    toNumber: [
      [2 ** 32 - 1, -1],
      [7, 7],
    ],
    toInteger: [
      [-1.5, 2 ** 32 - 1],
      [1.9, 1],
      [Number.NaN, 0],
    ],
    bitsOf: [
      [1, 0x3f800000],
      [-0, 0x80000000],
    ],
    fromBits: [[0x3f800000, 1]],
  };

  test.each(Object.entries(cases).flatMap(([op, rows]) => rows.map((row) => [op as Operation, row.slice(0, -1), row.at(-1)!] as const)))(
    '%s of %j is %d',
    (op, inputs, result) => {
      const [a = 0, b = 0, c = 0] = inputs;
      const value = PRIMITIVES[op]!(a, b, c);
      expect(OPERATIONS[op][1] === 'integer' ? word(value) : value).toBe(result);
    },
  );

  test('is there for every operation that is not replaced by others', () => {
    const replaced = ['pow', 'sign', 'exp', 'log', 'tanh', 'sin', 'cos'];
    expect(Object.keys(OPERATIONS).filter((op) => !(op in PRIMITIVES))).toEqual(replaced);
  });
});

describe('interpreting', () => {
  test('an Adam step does what its formula says', () => {
    const [stage] = plans(adamLike(), [2]).stages;
    const uniforms = uniformBlock(1);
    uniforms.numbers[0] = 10;
    const [m, g, v, w] = [
      [0, 1],
      [2, -4],
      [0.5, 0.25],
      [1, 1],
    ].map((values) => Float32Array.from(values));
    const [nextM, nextV, nextW] = [new Float32Array(2), new Float32Array(2), new Float32Array(2)];
    const bad = new Float64Array(1);
    interpreter(stage!.kernel)(segmentsFor(stage!.kernel, [2]), uniforms, [m!, g!, v!, w!, nextM, nextV, nextW, bad]);
    const f = Math.fround; // every step is rounded
    const expected = [0, 1].map((i) => {
      const gradient = [2, -4][i]!;
      const moment = f(f(f(0.9) * [0, 1][i]!) + f(f(1 - 0.9) * gradient));
      const square = f(f(f(0.99) * [0.5, 0.25][i]!) + f(f(1 - 0.99) * gradient ** 2));
      return { moment, square, weight: 1 - (moment * 10) / (Math.sqrt(square) + 1e-8) };
    });
    expect([...nextM]).toEqual(expected.map(({ moment }) => moment));
    expect([...nextV]).toEqual(expected.map(({ square }) => square));
    // Five roundings after the moments, each of at most 2⁻²⁴ of a number up to 11.
    nextW.forEach((weight, i) => expect(Math.abs(weight - expected[i]!.weight)).toBeLessThan(5 * 11 * 2 ** -24));
    expect([...bad]).toEqual([0]);
  });

  test('gathers in float64: squares of 1e30 do not overflow', () => {
    const [gather] = plans(clip('tensor'), [3]).stages;
    const result = new Float64Array(1);
    interpreter(gather!.kernel)(segmentsFor(gather!.kernel, [3]), uniformBlock(0), [Float32Array.of(1e30, 1e30, 1e-30), result]);
    expect(result[0]).toBe(2 * Math.fround(1e30) ** 2);
  });

  test('takes longer tensors block by block', () => {
    const [stage] = plans(transform({ name: 'r', config: {}, update: (g) => mul(g, -1) }), [1100]).stages;
    const g = Float32Array.from({ length: 1100 }, (_, i) => i);
    const w = new Float32Array(1100);
    const names = stage!.kernel.loads.map(({ name }) => (name === 'gradient' ? g : w));
    interpreter(stage!.kernel)(segmentsFor(stage!.kernel, [1100]), uniformBlock(0), [...names, w, new Float64Array(1)]);
    expect(w).toEqual(g);
  });
});
