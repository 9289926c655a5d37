import { shapeOver, type TracedSlot } from '@downhill/core/compiler';
import type { ParameterInfo } from '@downhill/core';
import { dispose, fill, keep, mul, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { Cell } from './execute/executor.ts';
import { placedApart } from './internals/placed-apart.ts';
import { matchNames, type SavedState, type WantedState } from './match-names.ts';
import type { NamedTensors } from './updates.ts';

/** The name that stands in the place of a variable's for what belongs to all parameters. */
const ALL = 'all';

/** A slot's tensor: our own, kept from step to step. */
class SlotCell implements Cell {
  tensor: Tensor;
  readonly ownStorage = true;

  constructor(tensor: Tensor) {
    this.tensor = keep(tensor);
  }

  get shape(): readonly number[] {
    return this.tensor.shape;
  }

  replace(next: Tensor): void {
    this.tensor.dispose();
    this.tensor = keep(next);
  }
}

/** A variable as a cell. */
export class VariableCell implements Cell {
  readonly tensor: Variable;
  readonly ownStorage = true;

  constructor(variable: Variable) {
    this.tensor = variable;
  }

  get shape(): readonly number[] {
    return this.tensor.shape;
  }

  replace(next: Tensor): void {
    this.tensor.assign(next);
    next.dispose();
  }
}

const slotShape = (info: ParameterInfo, { over, extent = [] }: TracedSlot): number[] => [
  ...extent,
  ...(over === 'all' ? [] : shapeOver(info.shape, over)),
];

function firstValue(variable: Variable, info: ParameterInfo, slot: TracedSlot): Tensor {
  // A copy, not a clone: on cpu somebody may hold the variable's array, and slots are written in place.
  if (slot.fill === 'parameter') return mul(variable, 1);
  return fill(slotShape(info, slot), slot.fill, 'float32');
}

/** The slots of all variables, by the variable's name and the slot's key, in the order in which the variables were first seen. */
export class Slots {
  readonly #cells = new Map<string, Map<string, Cell>>();
  /** Loaded, and not yet claimed by a variable. */
  readonly #loaded = new Map<string, Map<string, Tensor>>();

  /** A variable's place in the order in which variables were first seen; random streams are keyed by it. */
  ordinal(variable: string): number {
    return [...this.#cells.keys()].filter((name) => name !== ALL).indexOf(variable);
  }

  /** Whether there is loaded state that no variable has claimed yet. */
  get waiting(): boolean {
    return this.#loaded.size > 0;
  }

  names(): readonly string[] {
    return [...this.#cells.keys()].filter((name) => name !== ALL);
  }

  /** Makes sure that these variables have their slots: loaded ones where there are some, else new ones. */
  claim(variables: readonly { readonly variable: Variable; readonly info: ParameterInfo; readonly slots: readonly TracedSlot[] }[]): void {
    const unseen = variables.filter(({ info }) => !this.#cells.has(info.name));
    const own = (slots: readonly TracedSlot[]): readonly TracedSlot[] => slots.filter(({ over }) => over !== 'all');
    if (this.#loaded.size > 0) {
      const wanted: WantedState[] = unseen
        .filter(({ slots }) => own(slots).length > 0)
        .map(({ info, slots }) => ({ ...info, slots: new Map(own(slots).map((slot) => [slot.key, slotShape(info, slot)])) }));
      const saved: SavedState[] = [...this.#loaded]
        .filter(([name]) => name !== ALL)
        .map(([name, tensors]) => ({ name, slots: new Map([...tensors].map(([key, tensor]) => [key, tensor.shape])) }));
      const from = matchNames(saved, wanted);
      for (const { info, slots } of unseen) this.#adopt(info.name, from.get(info.name), own(slots));
    }
    for (const { variable, info, slots } of variables)
      for (const slot of slots) {
        const name = slot.over === 'all' ? ALL : info.name;
        const beside = (): Tensor[] => [variable, ...[...(this.#cells.get(name)?.values() ?? [])].map(({ tensor }) => tensor)];
        this.#ensure(name, slot, () => placedApart(() => firstValue(variable, info, slot), beside()));
      }
    for (const { info } of variables) if (!this.#cells.has(info.name)) this.#cells.set(info.name, new Map());
  }

  #adopt(name: string, from: string | undefined, slots: readonly TracedSlot[]): void {
    const tensors = from === undefined ? undefined : this.#loaded.get(from);
    if (from === undefined || tensors === undefined) return;
    const cells = new Map<string, Cell>();
    for (const { key } of slots) {
      const tensor = tensors.get(key);
      if (tensor !== undefined) cells.set(key, new SlotCell(tensor));
    }
    this.#cells.set(name, cells);
    for (const [key, tensor] of tensors) if (!cells.has(key)) tensor.dispose();
    this.#loaded.delete(from);
  }

  #ensure(name: string, { key }: TracedSlot, make: () => Tensor): void {
    const cells = this.#cells.get(name) ?? new Map<string, Cell>();
    this.#cells.set(name, cells);
    if (cells.has(key)) return;
    const loaded = this.#loaded.get(name)?.get(key);
    cells.set(key, new SlotCell(loaded ?? make()));
    if (loaded !== undefined) this.#loaded.get(name)?.delete(key);
  }

  /** The cells that a step of this variable reads and writes. */
  cellsOf(name: string): ReadonlyMap<string, Cell> {
    return new Map([...(this.#cells.get(name) ?? []), ...(this.#cells.get(ALL) ?? [])]);
  }

  /** All slots as tfjs saves them, `variable/path/slot`; the tensors are the live ones. */
  namedTensors(): NamedTensors {
    const claimed = [...this.#cells].flatMap(([name, cells]) =>
      [...cells].map(([key, cell]) => ({ name: `${name}/${key}`, tensor: cell.tensor })),
    );
    const waiting = [...this.#loaded].flatMap(([name, tensors]) =>
      [...tensors].map(([key, tensor]) => ({ name: `${name}/${key}`, tensor })),
    );
    return [...claimed, ...waiting];
  }

  /** Takes over saved slots; variables claim them by name as they turn up. The tensors given stay the caller's. */
  load(named: NamedTensors): void {
    this.dispose();
    for (const { name, tensor } of named) {
      const parts = name.split('/');
      const variable = parts.slice(0, -2).join('/');
      const tensors = this.#loaded.get(variable) ?? new Map<string, Tensor>();
      tensors.set(parts.slice(-2).join('/'), keep(mul(tensor, 1))); // a copy: see firstValue
      this.#loaded.set(variable, tensors);
    }
  }

  dispose(): void {
    for (const cells of this.#cells.values()) for (const cell of cells.values()) cell.tensor.dispose();
    for (const tensors of this.#loaded.values()) dispose([...tensors.values()]);
    this.#cells.clear();
    this.#loaded.clear();
  }
}
