import type { HeldData } from '../held-data.ts';
import { Expression, NO_BOUNDS, type Operand, type Repetition } from './expression.ts';
import { joinPairs } from './pairs.ts';
import type { Place, Step } from './step.ts';

/** What an evaluation leaves behind: an expression's values at an address, all or those of the part worked on, or sums of a value. */
export type Goal = { readonly expression: Expression; readonly address: number; readonly onlyPart?: boolean } | SumGoal;

export interface SumGoal {
  readonly sum: Operand;
  readonly over: Repetition;
  readonly divisor: number;
  readonly address: number;
}

/** A vector repeated through a block. */
interface Fill extends Repetition {
  readonly from: number;
  readonly block: number;
}

/** The sum over rows of what steps have added to a block. */
interface Sum {
  readonly partial: number;
  readonly over: Repetition;
  readonly address: number;
  readonly divisor: number;
}

/** What `assembly/elementwise.ts` is to do. */
interface Program {
  readonly fills: readonly Fill[];
  readonly steps: readonly Step[];
  readonly sums: readonly Sum[];
  /** Scratch blocks. */
  readonly blocks: number;
}

/**
 * The program that reaches all goals; a value that several of them need is worked out once.
 *
 * @param coming Data that is being worked out, and where.
 */
export function programOf(goals: readonly Goal[], coming: ReadonlyMap<HeldData, number> = new Map()): Program {
  const fills: Fill[] = [];
  const steps: Step[] = [];
  const sums: Sum[] = [];
  const places = new Map<HeldData, Map<string, Place>>();
  let blocks = 0;

  const visitExpression = (expression: Expression, to?: Place): Place => {
    const { operation, bounds } = expression;
    const from = neededOperands(expression).map(visit);
    const [first] = from;
    if (operation === 'copy' && to === undefined && first !== undefined) return first;
    const target = to ?? { block: blocks++ };
    steps.push({ operation, bounds, places: from, to: target });
    return target;
  };

  function visit({ data, repeated }: Operand): Place {
    const key = repeated === undefined ? '' : `${repeated.period} ${repeated.groups}`;
    const known = places.get(data) ?? new Map<string, Place>();
    places.set(data, known);
    const place = known.get(key) ?? placeFor(data, repeated);
    known.set(key, place);
    return place;
  }

  function placeFor(data: HeldData, repeated: Repetition | undefined): Place {
    if (repeated !== undefined) {
      const block = blocks++;
      fills.push({ ...repeated, from: data.address(), block });
      return { block };
    }
    return data.computation instanceof Expression ? visitExpression(data.computation) : { tensor: coming.get(data) ?? data.address() };
  }

  for (const goal of goals) {
    if ('expression' in goal) visitExpression(goal.expression, goal.onlyPart === true ? { part: goal.address } : { tensor: goal.address });
    else {
      const partial = blocks++;
      steps.push({ operation: 'add', bounds: NO_BOUNDS, places: [visit(goal.sum), { block: partial }], to: { block: partial } });
      sums.push({ ...goal, partial });
    }
  }
  return shareBlocks({ fills, steps: joinPairs(steps), sums, blocks });
}

/** Clipping at or above 0 makes a relu before it needless: so do layers make relu6. */
function neededOperands({ operation, operands, bounds }: Expression): readonly Operand[] {
  const inner = operands[0]?.data.computation;
  const isNeedless = operation === 'clip' && bounds.low >= 0 && inner instanceof Expression && inner.operation === 'relu';
  return isNeedless ? inner.operands : operands;
}

/** Lets steps write to blocks whose values nobody needs any more, so that fewer share the cache. */
function shareBlocks({ fills, steps, sums, blocks }: Program): Program {
  const lastUse = lastUses({ fills, steps, sums, blocks });
  const shared: number[] = [];
  const free: number[] = [];
  let used = 0;
  const shareOf = (block: number): number => (shared[block] ??= free.pop() ?? used++);
  const moved = (place: Place): Place => ('block' in place ? { block: shareOf(place.block) } : place);
  for (let block = 0; block < blocks; block++) if (lastUse[block] === Infinity) shareOf(block);
  const movedSteps = steps.map(({ operation, bounds, places, to }, index): Step => {
    const from = places.map(moved);
    for (const place of places) {
      if (!('block' in place) || lastUse[place.block] !== index) continue;
      free.push(shareOf(place.block)); // the result may take its operand's place
      lastUse[place.block] = NEVER;
    }
    return { operation, bounds, places: from, to: moved(to) };
  });
  return {
    fills: fills.map((fill) => ({ ...fill, block: shareOf(fill.block) })),
    steps: movedSteps,
    sums: sums.map((sum) => ({ ...sum, partial: shareOf(sum.partial) })),
    blocks: used,
  };
}

const NEVER = -1;

/** The last step that reads each block; never the last for what stays from one block to the next. */
function lastUses({ fills, steps, sums, blocks }: Program): number[] {
  const lastUse = new Array<number>(blocks).fill(NEVER);
  const use = (place: Place, step: number): void => {
    if ('block' in place) lastUse[place.block] = step;
  };
  for (const [index, { places }] of steps.entries()) for (const place of places) use(place, index);
  for (const fill of fills) use(fill, Infinity);
  for (const { partial } of sums) use({ block: partial }, Infinity);
  return lastUse;
}
