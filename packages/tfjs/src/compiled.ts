import { checkMasksFit, type Transform } from '@downhill/core';
import { backend, dispose, engine, keep, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { actsAt, phaseOf } from './active.ts';
import { bringHere } from './bring-here.ts';
import { chooseExecutor, type Execution } from './execute/choose.ts';
import type { Cell } from './execute/executor.ts';
import { compileStep, type StepProgram } from './program.ts';
import { Slots, VariableCell } from './slots.ts';

/** What a step needs of one variable. */
export interface Member {
  readonly variable: Variable;
  readonly cells: ReadonlyMap<string, Cell>;
  /** Its place in the order in which variables were first seen: random streams are keyed by it. */
  readonly ordinal: number;
}

/** A step of a set of variables, compiled for a backend. */
export interface Compiled {
  readonly program: StepProgram;
  readonly members: readonly Member[];
  readonly backend: object;
  /** Whether it computes the statistics of rules. */
  readonly statistics: boolean;
  readonly phase: string;
}

/** How a step is compiled. */
export interface CompileOptions {
  readonly execution: Execution;
  /** Look for bad gradients before anything is stored. */
  readonly guarded: boolean;
  /** Compute the statistics of rules. */
  readonly statistics: boolean;
  /** The step: at another, other parts may act. */
  readonly step: number;
}

/** An optimizer's slots and compiled steps. It knows nothing of the optimizer, so that the collector can find that one gone. */
export class Holdings {
  readonly slots: Slots = new Slots();
  readonly #compiled = new Map<string, Compiled>();
  latest: Compiled | undefined;
  #saved: readonly Tensor[] = [];

  /** All steps that were compiled: one for each set of variables, each phase, with statistics and without. */
  get compiled(): Iterable<Compiled> {
    return this.#compiled.values();
  }

  /** The compiled step of these variables; compiled now, if it is not yet. */
  compile(transform: Transform, variables: readonly Variable[], options: CompileOptions): Compiled {
    const active = backend();
    const phase = phaseOf(transform, options.step);
    const { latest } = this;
    if (
      latest?.backend === active &&
      latest.phase === phase &&
      latest.statistics === options.statistics &&
      latest.members.length === variables.length &&
      latest.members.every(({ variable }, i) => variable === variables[i])
    )
      return latest;
    if ([...this.compiled].some((item) => item.backend !== active)) this.clearPrograms();
    const key = [options.statistics, phase, ...variables.map(({ id, name }) => `${name} ${id}`)].join('\n');
    const compiled = this.#compiled.get(key) ?? this.#make(transform, variables, options);
    this.#compiled.set(key, compiled);
    this.latest = compiled;
    return compiled;
  }

  #make(transform: Transform, variables: readonly Variable[], { execution, guarded, statistics, step }: CompileOptions): Compiled {
    const known = [...variables, ...Object.values(engine().registeredVariables)];
    for (const { rule, masks } of transform.parts) checkMasksFit(rule.name, masks, known, { mustAct: rule.mustAct ?? false });
    const infos = variables.map(({ name, shape }) => ({ name, shape }));
    const program = compileStep(transform, infos, chooseExecutor(execution), {
      guarded,
      statistics,
      active: (part) => actsAt(part, step),
    });
    try {
      this.slots.claim(infos.map((info, i) => ({ variable: variables[i] as Variable, info, slots: program.traces[i]?.slots ?? [] })));
    } catch (error) {
      program.dispose();
      throw error;
    }
    const members = variables.map((variable) => {
      const cells = new Map<string, Cell>([...this.slots.cellsOf(variable.name), ['parameter', new VariableCell(variable)]]);
      for (const { tensor } of cells.values()) bringHere(tensor);
      return { variable, cells, ordinal: this.slots.ordinal(variable.name) };
    });
    return { program, members, backend: backend(), statistics, phase: phaseOf(transform, step) };
  }

  /** Keeps tensors that were made to be saved, in the place of those before. */
  hold(saved: readonly Tensor[]): void {
    dispose([...this.#saved]);
    this.#saved = saved.map((tensor) => keep(tensor));
  }

  clearPrograms(): void {
    for (const { program } of this.compiled) program.dispose();
    this.#compiled.clear();
    this.latest = undefined;
  }

  dispose(): void {
    this.clearPrograms();
    this.slots.dispose();
    this.hold([]);
  }
}
