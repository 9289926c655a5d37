import type { Runtime } from '../runtime.ts';
import { blockOf, Expression, OPERATIONS, type Bounds, type Layout, type Operand, type Operation } from './expression.ts';
import { programOf, type Goal } from './program.ts';
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
export function evaluate(runtime: Runtime, layout: Layout, goals: readonly Goal[]): void {
  evaluateParts(runtime, layout, goals, (part) => part([0, layout.size / layout.groups]));
}

/** Evaluates as {@link evaluate} does, but part by part, when `run` says so; a part begins at a multiple of the layout's period. */
export function evaluateParts(
  { memory, native, scratch }: Runtime,
  layout: Layout,
  goals: readonly Goal[],
  run: (part: (range: Range) => void) => void,
): void {
  const { fills, steps, sums, blocks } = programOf(goals);
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
