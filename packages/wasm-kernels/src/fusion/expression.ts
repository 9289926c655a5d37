import type { Computation, HeldData } from '../held-data.ts';

/** Operations and their numbers in `assembly/elementwise.ts`. */
export const OPERATIONS = {
  copy: 0,
  add: 1,
  subtract: 2,
  multiply: 3,
  divide: 4,
  negate: 5,
  relu: 6,
  clip: 7,
  /** The first operand where the second is above 0 or NaN, else 0. */
  wherePositive: 8,
  /** The first operand where the second is in [low, high], else 0. */
  whereBetween: 9,
} as const;

export type Operation = keyof typeof OPERATIONS;

/** How a smaller tensor is repeated over a larger one: vectors of `period` floats, one for each of `groups` equal parts. */
export interface Repetition {
  readonly period: number;
  readonly groups: number;
}

/** What an operation works on: a tensor of full size, or a smaller one that is repeated. */
export interface Operand {
  readonly data: HeldData;
  readonly repeated?: Repetition;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const NO_BOUNDS: Bounds = { low: 0, high: 0 };

/** An expression deeper than this has its operands computed first. */
const MOST_OPERATIONS = 40;

/** The longest run of floats that may repeat: several blocks of it must fit the cache. */
export const LONGEST_PERIOD = 4096;

/** Floats that are worked on at a time, unless a period is longer: a dozen blocks fit the first-level cache. */
const BLOCK = 512;

/** How an expression may be cut into blocks: what all its operands agree on. */
export interface Layout {
  readonly size: number;
  /** A block holds whole periods. */
  readonly period: number;
  readonly groups: number;
}

export const blockOf = ({ period }: Layout): number => Math.max(period, BLOCK - (BLOCK % period));

/** What two layouts of the same tensor agree on; `undefined` if nothing. */
function joinLayouts(a: Layout, b: Layout): Layout | undefined {
  const groups = Math.max(a.groups, b.groups);
  const period = leastCommonMultiple(a.period, b.period);
  const inner = a.size / groups;
  const fits = period <= LONGEST_PERIOD && [a, b].every((one) => (one.groups === 1 || one.groups === groups) && inner % one.period === 0);
  return fits ? { size: a.size, period, groups } : undefined;
}

/** The layout that a value asks for by itself. */
function layoutOf(size: number, { data, repeated }: Operand): Layout {
  const { computation } = data;
  if (repeated !== undefined) return { size, ...repeated };
  return computation instanceof Expression ? computation.layout : { size, period: 1, groups: 1 };
}

/** An elementwise operation whose values nobody has looked at yet. */
export class Expression implements Computation {
  readonly operation: Operation;
  readonly operands: readonly Operand[];
  readonly bounds: Bounds;
  readonly layout: Layout;
  readonly operations: number;

  private readonly work: (expression: Expression, address: number) => void;

  /**
   * Takes over the hold on the operands' data.
   *
   * @param work Writes the values to an address.
   */
  constructor(
    work: (expression: Expression, address: number) => void,
    operation: Operation,
    size: number,
    operands: readonly Operand[],
    bounds: Bounds = NO_BOUNDS,
  ) {
    this.work = work;
    this.operation = operation;
    this.operands = operands;
    this.bounds = bounds;
    const own = { size, period: 1, groups: 1 };
    const layout = agree(own, operands);
    const tooLong = operationsOf(operands) >= MOST_OPERATIONS;
    if (layout === undefined || tooLong) this.computeOperands();
    this.layout = (tooLong ? undefined : layout) ?? agree(own, operands) ?? own;
    this.operations = 1 + operationsOf(operands);
  }

  /** All that is read to work it out, but what is repeated. */
  tensors(found: Set<HeldData> = new Set()): Set<HeldData> {
    for (const { data, repeated } of this.operands) {
      if (repeated !== undefined) continue;
      if (data.computation instanceof Expression) data.computation.tensors(found);
      else found.add(data);
    }
    return found;
  }

  compute(address: number): void {
    this.work(this, address);
  }

  private computeOperands(): void {
    try {
      for (const { data } of this.operands) data.address();
    } catch (error) {
      this.release();
      throw error;
    }
  }

  release(): void {
    for (const { data } of this.operands) data.release();
  }
}

/** What operands and `own` agree on; `undefined` if nothing. */
export function agree(own: Layout, operands: readonly Operand[]): Layout | undefined {
  return operands.reduce<Layout | undefined>((layout, operand) => layout && joinLayouts(layout, layoutOf(own.size, operand)), own);
}

const operationsOf = (operands: readonly Operand[]): number =>
  operands.reduce((sum, { data: { computation } }) => sum + (computation instanceof Expression ? computation.operations : 0), 0);

function leastCommonMultiple(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}
