import type { Computation, HeldData, PartwiseComputation } from '../held-data.ts';
import type { Runtime } from '../runtime.ts';
import { blockOf, Expression, OPERATIONS, type Bounds, type Layout, type Operand, type Operation } from './expression.ts';
import { programOf, type Goal, type SumGoal } from './program.ts';
import { PAIRS, type Place } from './step.ts';

/** Numbers that `assembly/elementwise.ts` knows operations by. */
const NUMBERS = { ...OPERATIONS, ...PAIRS };

const STAYS = 0;
const MOVES = 1;
const MOVES_WITH_PART = 2;

const FILL_WORDS = 4;
const STEP_WORDS = 11;
const SUM_WORDS = 5;

/** An operation to be evaluated when somebody looks; takes over the hold on the operands' data. */
export const expressionOf = (
  runtime: Runtime,
  operation: Operation,
  size: number,
  operands: readonly Operand[],
  bounds?: Bounds,
): Expression =>
  new Expression(
    (expression, address) => evaluate(runtime, expression.layout, [{ expression, address }]),
    operation,
    size,
    operands,
    bounds,
  );

/** Floats of each group, from the first to before the second. */
export type Range = readonly [begin: number, end: number];

/** Evaluates expressions block by block; a value that several of them need is worked out once. */
function evaluate(runtime: Runtime, layout: Layout, goals: readonly Goal[]): void {
  evaluateParts(runtime, layout, goals, (part) => part([0, layout.size / layout.groups]));
}

/**
 * Evaluates sums as {@link evaluate} does. Where one of the tensors that they are made of is worked out part by part, each part is summed
 * while it is in the cache: with the same bits, since parts are whole blocks.
 */
export function evaluateSums(runtime: Runtime, layout: Layout, goals: readonly SumGoal[]): void {
  const tensors = new Set(goals.flatMap(({ sum }) => tensorsOf(sum)));
  const [partwise] = [...tensors].flatMap((data) => {
    const { computation } = data;
    return isPartwise(computation) && computation.part % blockOf(layout) === 0 && layout.groups === 1 ? [{ data, computation }] : [];
  });
  if (partwise === undefined) {
    evaluate(runtime, layout, goals);
    return;
  }
  const { data, computation } = partwise;
  data.address((address) => {
    const run = (part: (range: Range) => void): void => computation.computeParts(address, (begin, end) => part([begin, end]));
    evaluateParts(runtime, layout, goals, run, new Map([[data, address]]));
  });
}

/** What is read to work out an operand, but what is repeated. */
const tensorsOf = ({ data, repeated }: Operand): readonly HeldData[] => {
  if (repeated !== undefined) return [];
  return data.computation instanceof Expression ? [...data.computation.tensors()] : [data];
};

const isPartwise = (computation: Computation | undefined): computation is PartwiseComputation =>
  computation !== undefined && 'computeParts' in computation;

/**
 * Evaluates as {@link evaluate} does, but part by part, when `run` says so; a part begins at a multiple of the layout's period, and where
 * there are sums at one of its block.
 *
 * @param coming Data that is being worked out, and where: of each part it is there when `run` gets to it.
 */
export function evaluateParts(
  { memory, native, scratch }: Runtime,
  layout: Layout,
  goals: readonly Goal[],
  run: (part: (range: Range) => void) => void,
  coming?: ReadonlyMap<HeldData, number>,
): void {
  const { fills, steps, sums, blocks } = programOf(goals, coming);
  const block = blockOf(layout);
  const [stepsAt, sumsAt] = [fills.length * FILL_WORDS, fills.length * FILL_WORDS + steps.length * STEP_WORDS];
  const words = sumsAt + sums.length * SUM_WORDS;
  scratch.with([words * 4, blocks * block * 4], ([program, firstBlock]) => {
    const integers = new Uint32Array(memory.memory.buffer, program, words);
    const floats = new Float32Array(memory.memory.buffer, program, words);
    let at = 0;
    const put = (value: number): void => void (integers[at++] = value);
    const putFloat = (value: number): void => void (floats[at++] = value);
    const putBlock = (index: number): void => put(firstBlock + index * block * 4);
    const putPlace = (place: Place): void => {
      if ('block' in place) putBlock(place.block);
      else put('tensor' in place ? place.tensor : place.part);
      put('block' in place ? STAYS : 'tensor' in place ? MOVES : MOVES_WITH_PART);
    };
    const putStride = ({ period, groups }: { period: number; groups: number }): void => put(groups > 1 ? period * 4 : 0);
    for (const fill of fills) {
      put(fill.from);
      put(fill.period);
      putStride(fill);
      putBlock(fill.block);
    }
    for (const { operation, bounds, places, to } of steps) {
      const [a = to, b = a, c = a] = places;
      put(NUMBERS[operation]);
      putPlace(a);
      putPlace(b);
      putPlace(c);
      putPlace(to);
      putFloat(bounds.low);
      putFloat(bounds.high);
    }
    for (const { partial, over, address, divisor } of sums) {
      putBlock(partial);
      put(over.period);
      put(address);
      putStride(over);
      putFloat(divisor);
    }
    const { groups, size } = layout;
    const [stepsFrom, sumsFrom] = [program + stepsAt * 4, program + sumsAt * 4];
    const inner = size / groups;
    run(([begin, end]) =>
      native.evaluateBlocks(program, fills.length, stepsFrom, steps.length, sumsFrom, sums.length, groups, inner, begin, end, block),
    );
  });
}
