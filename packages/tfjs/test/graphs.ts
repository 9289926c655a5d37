import { cos, exp, log, pow, randomUniform, sign, sin, tanh } from '@downhill/core';
import {
  leaf,
  operation,
  OPERATIONS,
  resolveOver,
  type Expression,
  type Operation,
  type Over,
  type Planned,
  type Reduction,
  type ValueType,
} from '@downhill/core/compiler';
import fc from 'fast-check';

/** A step over one parameter: its shape, and what is computed for it. */
export interface Graph {
  readonly shape: readonly number[];
  readonly planned: Planned;
}

const number = (value: number): Expression => leaf({ op: 'constant', value });
const integer = (value: number): Expression => leaf({ op: 'constant', value }, 'integer');
const input = (name: string, over: Over): Expression => leaf({ op: 'input', name, over });

const INTERESTING = [0, -0, 1, -1, 0.1, -2.5, 1e-40, 3e38, -1e10, Infinity, -Infinity, 16777217];

/** NaN has many bit patterns, and which one an engine makes is its own affair: graphs here look at the bits of numbers alone. */
const withoutNaN = (x: Expression): Expression => operation('select', operation('equal', x, x), x, number(0));
const within = (x: Expression, bound: number): Expression => operation('max', operation('min', x, number(bound)), number(-bound));

const SHIFTS = new Set<Operation>(['rotateLeft', 'shiftLeft', 'shiftRight']);

/** Operations that know how they are made of primitive ones. */
const COMPOSITES: Partial<Record<Operation, (x: Expression) => Expression>> = { cos, exp, log, sign, sin, tanh };

/** An operation over inputs of which more must hold than their types. */
function apply(op: Operation, inputs: readonly Expression[], pick: number): Expression {
  const [first, ...rest] = inputs;
  if (first === undefined) return operation(op);
  if (SHIFTS.has(op)) return operation(op, first, integer(1 + (pick % 31)));
  if (op === 'bitsOf') return operation(op, withoutNaN(first));
  if (op === 'toInteger') return operation(op, within(withoutNaN(first), 2 ** 30));
  const composite = COMPOSITES[op];
  if (composite !== undefined) return composite(first);
  return op === 'pow' ? pow(first, rest[0] ?? first) : operation(op, first, ...rest);
}

interface Pick {
  readonly op: Operation | 'reduce';
  readonly picks: readonly number[];
}

const REDUCTIONS: readonly Reduction[] = ['sum', 'sumOfSquares', 'norm', 'maxAbs', 'count'];

function build(shape: readonly number[], picks: readonly Pick[], exact: boolean): Planned {
  const rank = shape.length;
  const overs = [
    ...new Map(
      ['all', 'tensor', [], [-1], [0]]
        .map((over) => resolveOver(rank === 0 && typeof over !== 'string' ? [] : (over as Over), rank))
        .map((over) => [String(over), over]),
    ).values(),
  ];
  const index = leaf({ op: 'index' }, 'integer');
  const pools: Record<ValueType, Expression[]> = {
    number: [
      input('gradient', []),
      input('parameter', []),
      ...overs.map((over) => input(`slot ${over}`, over)),
      leaf({ op: 'scalar', name: 's' }),
      leaf({ op: 'size', over: 'tensor' }),
      randomUniform({ seed: 1, stream: 'a' }),
      ...INTERESTING.map(number),
    ],
    integer: [index, integer(0), integer(0xffffffff), integer(0x80000001), integer(77)],
    boolean: [operation('less', input('gradient', []), input('parameter', []))],
  };
  const from = (type: ValueType, pick: number): Expression => {
    const pool = pools[type];
    return pool[pool.length - 1 - (pick % pool.length)]!; // late ones are likelier to be used again than not at all
  };
  picks.forEach(({ op, picks: [a = 0, b = 0, c = 0] }, i) => {
    if (op === 'reduce') {
      const reduction = REDUCTIONS[a % REDUCTIONS.length]!;
      const over = overs[b % overs.length]!;
      const operand =
        reduction === 'count' ? from('boolean', c) : reduction === 'maxAbs' ? from('number', c) : within(from('number', c), 8);
      const data = { op: 'reduce', reduction, over, label: over === 'all' ? `r.${i}` : '' } as const;
      pools.number.push({ kind: 'expression', op: 'reduce', type: 'number', inputs: [operand], data });
      return;
    }
    const [takes, gives] = OPERATIONS[op];
    pools[gives].push(
      apply(
        op,
        takes.map((type, k) => from(type, [a, b, c][k]!)),
        a,
      ),
    );
  });
  const last = pools.number.at(-1)!;
  const bits = exact ? operation('fromBits', operation('integerXor', operation('bitsOf', withoutNaN(last)), pools.integer.at(-1)!)) : last;
  const total: Expression = {
    kind: 'expression',
    op: 'reduce',
    type: 'number',
    inputs: [within(last, 8)],
    data: { op: 'reduce', reduction: 'sum', over: 'tensor', label: '' },
  };
  const outputs = [
    { name: 'gradient', over: [], value: bits },
    { name: 'parameter', over: [], value: operation('select', pools.boolean.at(-1)!, pools.number.at(-2)!, last) },
    { name: 'slot tensor', over: 'tensor' as const, value: total },
  ];
  return { outputs, statistics: [], guards: [], shared: [], rank };
}

/**
 * Random graphs over all operations, with reductions.
 *
 * @param exact Whether each kernel looks at bits, so that all generators round each step.
 */
export function graphs(exact: boolean): fc.Arbitrary<Graph> {
  const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
  const shape = fc.oneof(fc.constant([]), fc.tuple(size(70)), fc.tuple(size(9), size(19)), fc.tuple(size(4), size(5), size(7)));
  const pick = fc.record({
    op: fc.constantFrom<Pick['op']>('reduce', ...(Object.keys(OPERATIONS) as Operation[])),
    picks: fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 3 }),
  });
  return fc
    .record({ shape, picks: fc.array(pick, { minLength: 1, maxLength: 14 }) })
    .map(({ shape, picks }) => ({ shape, planned: build(shape, picks, exact) }));
}
