import { describe, expect, test } from 'vitest';
import { cos, exp, log, pow, sin, tanh } from '../math.ts';
import { randomStream, streamKey } from '../random.ts';
import { PRIMITIVES } from './interpret.ts';
import { lowerNode } from './lower.ts';
import { leaf, operation, type Expression, type Operation } from './node.ts';
import * as ops from './ops.ts';
import { nodesOf } from './print.ts';
import { rewriter } from './simplify.ts';
import { checkGraph } from './spec.ts';

const x = leaf({ op: 'input', name: 'x', over: [] });
const y = leaf({ op: 'input', name: 'y', over: [] });
const constant = (value: number): Expression => leaf({ op: 'constant', value });

const lower = (root: Expression): Expression => rewriter(lowerNode)(root);

/** A node as a rule makes it: those that are made of primitive ones know how. */
const made = (op: 'exp' | 'log' | 'tanh' | 'sin' | 'cos' | 'sign' | 'pow', a: Expression, b: Expression = y): Expression =>
  op === 'pow' ? ops.pow(a, b) : ops[op](a);

type Column = Float32Array | Uint32Array | Uint8Array;
type Inputs = Readonly<Record<string, readonly number[]>>;

/** Evaluates a primitive graph, an array a node: arrays of the node's type round to float32 and wrap to 32 bits. */
function evaluate(root: Expression, inputs: Inputs, length: number): Float32Array {
  const columns = new Map<Expression, Column>();
  const fill = ({ data, inputs: operands }: Expression, column: Column): void => {
    if (data.op === 'constant') column.fill(data.value);
    else if (data.op === 'input') column.set(inputs[data.name]!);
    else if (data.op === 'key') column.fill(inputs['key']![data.word]!);
    else if (data.op === 'index') column.forEach((_, i) => (column[i] = i));
    else {
      const [a, b = a, c = a] = operands.map((operand) => columns.get(operand)!);
      const compute = PRIMITIVES[data.op as Operation]!;
      for (let i = 0; i < length; i += 1) column[i] = compute(a![i]!, b![i]!, c![i]!);
    }
  };
  for (const node of nodesOf([root])) {
    const column =
      node.type === 'number' ? new Float32Array(length) : node.type === 'integer' ? new Uint32Array(length) : new Uint8Array(length);
    columns.set(node, column);
    fill(node, column);
  }
  return columns.get(root) as Float32Array;
}

const cell = new DataView(new ArrayBuffer(4));
function bits(value: number): number {
  cell.setFloat32(0, value);
  return cell.getUint32(0);
}
function fromBits(word: number): number {
  cell.setUint32(0, word);
  return cell.getFloat32(0);
}

/** `count` float32 from `low` to `high`, both positive, evenly over their bits. */
const overBits = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => fromBits(Math.round(bits(low) + ((bits(high) - bits(low)) * i) / (count - 1))));
const signed = (values: readonly number[]): number[] => values.flatMap((value) => [value, -value]);
const neighbours = (value: number): number[] => [-2, -1, 0, 1, 2].map((by) => fromBits(bits(value) + by));

function lastPlace(truth: number): number {
  const size = Math.abs(truth);
  return size < 2 ** -126 ? 2 ** -149 : 2 ** (Math.floor(Math.log2(size)) - 23);
}

/** The largest error in units of the last place of the true value; overflow to Infinity is right where float32 has none. */
function worst(got: Float32Array, truth: (i: number) => number): number {
  let most = 0;
  got.forEach((value, i) => {
    const expected = truth(i);
    if (Object.is(Math.fround(expected), value)) return;
    const error = Math.abs(value - expected) / lastPlace(expected);
    if (!(error <= most)) most = error;
  });
  return most;
}

const error = (op: Parameters<typeof made>[0], truth: (value: number) => number, values: readonly number[]): number => {
  const got = evaluate(lower(made(op, x)), { x: values }, values.length);
  return worst(got, (i) => truth(Math.fround(values[i]!)));
};

const at = (root: Expression, values: readonly number[], others: readonly number[] = []): number[] => [
  ...evaluate(lower(root), { x: values, y: others }, values.length),
];

describe('accuracy against float64, in units of the last place', () => {
  test('exp: 1, subnormal results included', () => {
    expect(error('exp', exp, signed([...overBits(1e-10, 104, 20_000), ...overBits(0.1, 88.8, 20_000)]))).toBeLessThan(1);
  });

  test('log: 1, subnormal arguments included', () => {
    expect(error('log', log, [...overBits(1e-45, 3.4e38, 30_000), ...overBits(0.5, 2, 30_000), ...neighbours(1)])).toBeLessThan(1);
  });

  test('tanh: 2', () => {
    expect(error('tanh', tanh, signed([...overBits(1e-45, 20, 20_000), ...overBits(0.05, 10, 20_000), ...neighbours(0.625)]))).toBeLessThan(
      2,
    );
  });

  test.each([
    ['sin', sin],
    ['cos', cos],
  ] as const)('%s: 1 for |x| up to 1608', (op, truth) => {
    const hard = Array.from({ length: 1023 }, (_, i) => neighbours(((i + 1) * Math.PI) / 2)).flat();
    const values = signed([...overBits(1e-45, 1608, 10_000), ...overBits(0.1, 20, 10_000), ...overBits(20, 1608, 10_000), ...hard]);
    expect(error(op, truth, values)).toBeLessThan(1);
  });

  test.each([
    ['sin', sin],
    ['cos', cos],
  ] as const)('%s: off by at most 2⁻²³ |x| beyond, and never outside [-1, 1]', (op, truth) => {
    const values = signed(overBits(1608.1, 3.4e38, 3000));
    at(made(op, x), values).forEach((value, i) => {
      expect(Math.abs(value)).toBeLessThanOrEqual(1);
      expect(Math.abs(value - truth(Math.fround(values[i]!)))).toBeLessThan(2 ** -23 * Math.abs(values[i]!) + 2 ** -23);
    });
  });

  test('pow: 1 wherever the result is finite', () => {
    const bases = [...overBits(1e-45, 3.4e38, 20_000), ...overBits(0.999, 1.001, 10_000), ...overBits(0.5, 2, 10_000)].filter(
      (base) => base !== 1,
    );
    const exponents = bases.map((base, i) => Math.fround(((((i * 0.618034) % 1) * 2 - 1) * 150) / Math.log2(base)));
    const got = evaluate(lower(made('pow', x, y)), { x: bases, y: exponents }, bases.length);
    expect(worst(got, (i) => pow(bases[i]!, exponents[i]!))).toBeLessThan(1);
  });

  test.each([
    [0.25, 1],
    [-0.8, 1],
    [1.5, 1],
    [7, 1],
    [-3, 1],
    [0.1, 1],
    [0.5, 0.5001],
    [2, 0.5001],
    [-1, 0.5001],
    [-0.5, 1.5],
    [3, 1.5],
  ])('pow with the constant exponent %f: %f', (exponent, most) => {
    const values = overBits(1e-38, 1e38, 10_000);
    const got = evaluate(lower(made('pow', x, constant(exponent))), { x: values }, values.length);
    expect(worst(got, (i) => pow(values[i]!, Math.fround(exponent)))).toBeLessThan(most);
  });
});

describe('special values', () => {
  const special = [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    2 ** 24,
    -(2 ** 24),
    1e30,
    1e-45,
    -1e-45,
    3e38,
    -3e38,
    Infinity,
    -Infinity,
    NaN,
  ].map(Math.fround);

  test.each([
    ['exp', Math.exp],
    ['log', Math.log],
    ['tanh', Math.tanh],
    ['sign', Math.sign],
  ] as const)('%s', (op, truth) => {
    const exact = special.filter((value) => value === 0 || !Number.isFinite(value) || op === 'sign');
    expect(at(made(op, x), exact)).toEqual(exact.map(truth));
  });

  test('sin and cos are NaN where no angle is, and sin keeps the sign of zero', () => {
    expect(at(made('sin', x), [0, -0, Infinity, -Infinity, NaN])).toEqual([0, -0, NaN, NaN, NaN]);
    expect(at(made('cos', x), [0, -0, Infinity, -Infinity, NaN])).toEqual([1, 1, NaN, NaN, NaN]);
  });

  test('exp overflows and underflows, log of a negative number is NaN', () => {
    expect(at(made('exp', x), [88.73, 1e30, -104, -1e30])).toEqual([Infinity, Infinity, 0, 0]);
    expect(at(made('log', x), [-1e-45, -1])).toEqual([NaN, NaN]);
  });

  /** IEEE 754's pow, where ECMAScript's differs: 1^±Infinity. */
  const ieee = (base: number, exponent: number): number =>
    Math.abs(base) === 1 && Math.abs(exponent) === Infinity ? 1 : pow(base, exponent);
  const pairs = special.flatMap((base) => special.map((exponent) => [base, exponent] as const));

  test('pow, all pairs', () => {
    const got = at(
      made('pow', x, y),
      pairs.map(([base]) => base),
      pairs.map(([, exponent]) => exponent),
    );
    expect(got.map((value, i) => [...pairs[i]!, value])).toEqual(
      pairs.map(([base, exponent]) => [base, exponent, Math.fround(ieee(base, exponent))]),
    );
  });

  test.each([0, 1, 2, 3, -1, 0.25, -0.25, 4, -4, 5, -5, Infinity, -Infinity])(
    'pow with the constant exponent %f, all bases',
    (exponent) => {
      expect(at(made('pow', x, constant(exponent)), special)).toEqual(
        at(
          made('pow', x, y),
          special,
          special.map(() => exponent),
        ),
      );
    },
  );

  test('pow with the constant exponents ±½ is a root and its inverse', () => {
    expect(at(made('pow', x, constant(0.5)), [0, 4, Infinity, -1])).toEqual([0, 2, Infinity, NaN]);
    expect(at(made('pow', x, constant(-0.5)), [0, 4, Infinity, -1])).toEqual([Infinity, 0.5, 0, NaN]);
  });
});

describe('random numbers', () => {
  const key = streamKey(5, 'weights', 3);
  const stream = randomStream(key);

  test.each([
    ['uniform', ops.randomUniform, stream.uniformAt],
    ['uniform16', ops.randomUniform16, stream.uniform16At],
    ['normal', ops.randomNormal, stream.normalAt],
  ] as const)('%s numbers have the bits of randomStream', (_, draw, at) => {
    const graph = lower(draw({ seed: 5, stream: 'weights' }));
    const got = evaluate(graph, { key }, 20_000);
    const expected = Float32Array.from({ length: 20_000 }, (__, i) => at(i));
    expect(bitsOfAll(got)).toEqual(bitsOfAll(expected));
  });
});

const bitsOfAll = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length);
const hex = (values: Float32Array): string => [...bitsOfAll(values)].map((word) => word.toString(16).padStart(8, '0')).join(' ');

describe('the graph', () => {
  const functions: readonly (readonly [string, Expression])[] = [
    ...(['exp', 'log', 'tanh', 'sin', 'cos', 'sign'] as const).map((op) => [op, made(op, x)] as const),
    ['pow', made('pow', x, y)],
    ['pow 0.3', made('pow', x, constant(0.3))],
    ['uniform', ops.randomUniform({ seed: 1, stream: 's' })],
    ['uniform16', ops.randomUniform16({ seed: 1, stream: 's' })],
    ['normal', ops.randomNormal({ seed: 1, stream: 's' })],
  ];

  test.each(functions)('%s becomes primitive operations of legal types, on 32-bit constants', (_, root) => {
    const value = lower(root);
    checkGraph('lower', [{ name: 'value', over: [], value }], 1);
    const parts = nodesOf([value]);
    expect(parts.filter(({ op, inputs }) => inputs.length > 0 && !(op in PRIMITIVES))).toEqual([]);
    expect(parts.filter(({ data, type }) => type === 'integer' && data.op === 'constant' && data.value >>> 0 !== data.value)).toEqual([]);
  });

  test.each(functions)('%s is done once: what is primitive stays', (_, root) => {
    const once = lower(root);
    expect(lower(once)).toBe(once);
    expect(nodesOf([once]).every((node) => lowerNode(node) === undefined)).toBe(true);
  });

  const inputs = { x: [0.1, 0.7, 1.3, 3, 20.5, 80], y: [-3.5, 20, 0.3, 11.1, -7.7, 2.5], key: [1, 2] };

  test.each([
    ['exp', '3f8d763e 4000e153 406ad5c1 41a0af2e 4e3eb627 792abbce'],
    ['log', 'c0135d8e beb69e1a 3e86549b 3f8c9f54 40414ea4 408c3990'],
    ['tanh', '3dcc1ebc 3f1ab7d9 3f5c99e3 3f7ebbe9 3f800000 3f800000'],
    ['sin', '3dcc7577 3f24eb73 3f76abc0 3e1081c3 3f7f303d bf7e6f7d'],
    ['cos', '3f7eb898 3f43ccb3 3e88f59d bf7d7026 bda2f239 bde212b5'],
    ['sign', '3f800000 3f800000 3f800000 3f800000 3f800000 3f800000'],
    ['pow', '4545a471 3a512baa 3f8a7b5d 4841157d 2eae78cb 475f9b57'],
    ['pow 0.3', '3f004dce 3f6605a2 3f8a7b5d 3fb1f846 401e61d2 406e4a68'],
    ['uniform', '3e15fb7c 3f076392 3f16a633 3f0e9a2e 3d8dbc58 3f79b5e4'],
    ['normal', 'bff0a2f7 be676eb0 bf20fdb3 3e9b72cd bfde8aec 3e24a02e'],
  ])('%s gives the same bits on every engine', (name, expected) => {
    const root = functions.find(([known]) => known === name)![1];
    expect(hex(evaluate(lower(root), inputs, 6))).toBe(expected);
  });

  test('shared parts stay shared', () => {
    const shared = made('exp', x);
    const alone = nodesOf([lower(shared)]).length;
    expect(nodesOf([lower(operation('add', operation('neg', shared), shared))])).toHaveLength(alone + 2);
  });
});
