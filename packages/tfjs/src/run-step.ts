import type { TransformPart } from '@downhill/core';
import { dispose, keep, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { bringHere } from './bring-here.ts';
import { checked } from './checked.ts';
import type { Compiled, Member } from './compiled.ts';
import type { Cell, StepItem } from './execute/executor.ts';
import { uniformsOf } from './execute/uniforms.ts';
import { under, type Numbers } from './scalars.ts';

/** Holds what the rounds of a step store in a cell until all are through: a rule that throws leaves nothing half-applied. */
class PendingCell implements Cell {
  readonly #cell: Cell;
  #next: Tensor | undefined;
  /** In the last round, which stores whole or not at all, the cell's own storage may be written. */
  last = false;

  constructor(cell: Cell) {
    this.#cell = cell;
  }

  get tensor(): Tensor {
    return this.#next ?? this.#cell.tensor;
  }

  get shape(): readonly number[] {
    return this.#cell.shape;
  }

  get ownStorage(): boolean {
    return this.#next !== undefined || (this.last && this.#cell.ownStorage);
  }

  replace(next: Tensor): void {
    this.#next?.dispose();
    this.#next = keep(next);
  }

  commit(): void {
    if (this.#next !== undefined) this.#cell.replace(this.#next);
    this.#next = undefined;
  }

  discard(): void {
    this.#next?.dispose();
  }
}

/** A rule's own arithmetic on whole tensors. */
function runMatrix({ path, rule }: TransformPart, cells: Member['cells'], variable: Variable, gradient: Tensor, numbers: Numbers): Tensor {
  const own = under(path, cells);
  const result = tidy(() => {
    const output = rule.matrix?.(gradient, {
      parameter: variable,
      info: { name: variable.name, shape: variable.shape },
      slots: Object.fromEntries(Object.entries(own).map(([name, { tensor }]) => [name, tensor])),
      scalars: under(path, numbers),
      numbers: under(path, numbers),
    });
    const slots = Object.entries(output?.slots ?? {}).map(
      ([name, tensor]) => [name, checked(path, `slot '${name}' of '${variable.name}'`, tensor, own[name]?.tensor)] as const,
    );
    return { update: checked(path, `update of '${variable.name}'`, output?.update, gradient), slots: Object.fromEntries(slots) };
  });
  for (const [name, tensor] of Object.entries(result.slots)) own[name]?.replace(tensor);
  return result.update;
}

/** What a step starts from. */
export interface StepInput {
  /** In the order of the members that the step was compiled for. */
  readonly gradients: readonly Tensor[];
  readonly numbers: Numbers;
  readonly step: number;
  /** Asked before anything is stored, with the number of gradients that are not finite. */
  proceed(badGradients: number): boolean;
}

/** Runs a compiled step. @returns Whether it was stored. */
export function runStep({ program, members }: Compiled, { gradients, numbers, step, proceed }: StepInput): boolean {
  const flow = [...gradients]; // what the chain has made of each gradient so far
  const made: Tensor[] = [];
  const pending = new Map<Cell, PendingCell>(); // what belongs to all parameters is one cell of all members
  const pendingFor = (cell: Cell): Cell => {
    const made = pending.get(cell) ?? new PendingCell(cell);
    pending.set(cell, made);
    made.last = left === 0;
    return made;
  };
  const cellsOf = ({ cells }: Member): Member['cells'] => new Map([...cells].map(([name, cell]) => [name, pendingFor(cell)]));
  let left = program.rounds.length;
  const handOn = (i: number, tensor: Tensor): void => {
    made.push(keep(tensor));
    flow[i] = tensor;
  };
  const itemFor = (i: number): StepItem => {
    const [member, gradient] = [members[i], flow[i]];
    if (member === undefined || gradient === undefined) throw new TypeError('a round names a variable that is not in the step');
    const update: Cell = { tensor: gradient, shape: gradient.shape, ownStorage: false, replace: (next) => handOn(i, next) };
    const cells = program.rounds.length === 1 ? member.cells : new Map([...cellsOf(member), ['update', update]]);
    const { ordinal, variable } = member;
    const keyOf: StepItem['keyOf'] = (source) => source.keyAt(step, ordinal);
    return { inputs: { gradient }, cells, keyOf, uniform: uniformsOf(variable.shape, (name) => numbers.get(name), keyOf) };
  };
  gradients.forEach(bringHere);
  for (const { variable } of members) bringHere(variable);
  try {
    for (const round of program.rounds) {
      left -= 1;
      if (round.kind === 'kernel') {
        if (!round.prepared.run(round.members.map(itemFor), step, proceed)) return false;
      } else
        for (const { parameter, part } of round.members) {
          const [member, gradient] = [members[parameter], flow[parameter]];
          if (member !== undefined && gradient !== undefined)
            handOn(parameter, runMatrix(part, cellsOf(member), member.variable, gradient, numbers));
        }
    }
    for (const cell of pending.values()) cell.commit();
    return true;
  } finally {
    for (const cell of pending.values()) cell.discard();
    dispose(made);
  }
}
