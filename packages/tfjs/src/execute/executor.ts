import type { KernelTrace, Plan, RandomSource, Uniform } from '@downhill/core/compiler';
import type { Key, ParameterInfo } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A place for a result: a variable, a slot of the optimizer, or an output that is made anew. */
export interface Cell {
  /** What is there, where something is. */
  readonly tensor: Tensor;
  /** The shape of what is stored. */
  readonly shape: readonly number[];
  /** Takes over `next` and lets go of what was there. */
  replace(next: Tensor): void;
  /** Whether the storage may be written in place when the backend says that nobody shares it. */
  readonly ownStorage: boolean;
}

/** One program's part of a step: of an optimizer's, one parameter's. */
export interface StepItem {
  /** Tensors that are only read: of an optimizer's step the `gradient`. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** `parameter`, the slots, and `update` where the kernel's result goes on to a rule that works on whole tensors. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** What the random numbers of a source are keyed by. */
  keyOf(source: RandomSource): Key;
  /** The value of a number of this step, in float64. */
  uniform(data: Uniform['data']): number;
}

/** @throws TypeError where a program names what the step does not have: an error of ours. */
export function cellOf({ cells }: StepItem, name: string): Cell {
  const cell = cells.get(name);
  if (cell === undefined) throw new TypeError(`no cell for ${name}`);
  return cell;
}

/** The tensor that a kernel reads under a name. */
export const tensorOf = (item: StepItem, name: string): Tensor => item.inputs[name] ?? cellOf(item, name).tensor;

export function itemAt(items: readonly StepItem[], program: number): StepItem {
  const item = items[program];
  if (item === undefined) throw new TypeError(`a step of ${items.length} parameters has no number ${program}`);
  return item;
}

/** What is compiled for one parameter. */
export interface Program {
  readonly info: ParameterInfo;
  readonly trace: KernelTrace;
  readonly plan: Plan;
}

/** Updates of a parameter that were NaN or infinite. */
export interface NonFiniteUpdates {
  readonly program: number;
  /** The first step with one. */
  readonly step: number;
  /** Elements, over all steps. */
  readonly count: number;
}

/** Programs of all parameters of a step, ready to run; owns scratch memory until it is disposed of. */
export interface Prepared {
  /**
   * Runs a step; `items` belong to the programs in their order. Once everything is gathered and before anything is stored,
   * `proceed` gets the number of bad gradients (0 where no trace counts them) and says whether to go on.
   *
   * @returns Whether the step was stored.
   */
  run(items: readonly StepItem[], step: number, proceed: (badGradients: number) => boolean): boolean;
  /** The statistics of the last step, by program. */
  statistics(): Promise<readonly Readonly<Record<string, number>>[]>;
  /** What was not finite since this was last asked. */
  nonFinite(): Promise<readonly NonFiniteUpdates[]>;
  dispose(): void;
}

/** Compiles and runs programs on one backend. */
export interface Executor {
  readonly name: 'cpu' | 'wasm' | 'ops';
  prepare(programs: readonly Program[]): Prepared;
}
