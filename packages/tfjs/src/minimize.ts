import { accepts, DownhillError, type TransformPart } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { checked } from './checked.ts';
import type { Cell } from './execute/executor.ts';
import { onlyFirstLeaves } from './later-looks.ts';
import { sameDraws } from './layer-draws.ts';
import { under, type Numbers } from './scalars.ts';
import type { Slots } from './slots.ts';

export interface Evaluation {
  readonly value: tf.Scalar;
  readonly grads: tf.NamedTensorMap;
}

/** What a rule found when it looked at the loss itself. */
export interface Found extends Evaluation {
  /** What it wants to keep in its slots, if the step goes through. */
  readonly slots: ReadonlyMap<Cell, tf.Tensor>;
}

/** What a rule that looks at the loss itself is run with. */
export interface AgainOptions {
  /** The variables that it may move. */
  readonly variables: readonly tf.Variable[];
  readonly numbers: Numbers;
  readonly slots: Slots;
  evaluate(): Evaluation;
}

/**
 * One step of a rule that evaluates the loss itself: it may move the weights and look again, and returns the gradients
 * that the chain goes on with. The value, the metrics and whatever else a training forward changes are those of its first look. The weights are back where
 * they were when this returns or throws.
 */
export function minimizeAgain(parts: readonly TransformPart[], { variables, numbers, slots, evaluate }: AgainOptions): Found {
  const [part, other] = parts;
  if (part === undefined || other !== undefined)
    throw new DownhillError({
      code: 'unsupported',
      source: parts.map(({ path }) => path).join(', '),
      problem: 'only one rule of a chain can evaluate the loss itself',
      advice: 'Take the others out.',
    });
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const variable = (name: string): tf.Variable => {
    const found = byName.get(name);
    if (found === undefined)
      throw new DownhillError({ code: 'unknown-name', source: part.path, problem: `there is no variable '${name}'` });
    return found;
  };
  const cellOf = (name: string, slot: string): Cell => {
    const cell = slots.cellsOf(variable(name).name).get(`${part.path}/${slot}`);
    if (cell === undefined)
      throw new DownhillError({
        code: 'unknown-name',
        source: part.path,
        problem: `there is no slot '${slot}'`,
        advice: 'Declare it in `slots`.',
      });
    return cell;
  };
  const made = new Map<Cell, tf.Tensor>();
  const found = sameDraws((again) =>
    tf.tidy(() => {
      const before = variables.map((item) => ({ item, value: tf.clone(item) }));
      const look = onlyFirstLeaves(Object.values(tf.engine().registeredVariables).filter(({ name }) => !byName.has(name)));
      let first: tf.Scalar | undefined;
      try {
        const gradients = part.rule.gradients?.({
          parameters: variables
            .map(({ name, shape }) => ({ name, shape }))
            .filter((info) => part.masks.every((mask) => accepts(mask, info))),
          scalars: under(part.path, numbers),
          evaluate() {
            again();
            const { value, grads } = look(evaluate);
            first ??= value;
            return { loss: value.dataSync()[0] ?? Number.NaN, gradients: grads };
          },
          weight: variable,
          slot: (name, slot) => cellOf(name, slot).tensor,
          setWeight: (name, value) => variable(name).assign(value as tf.Tensor),
          setSlot(name, slot, value) {
            const cell = cellOf(name, slot);
            const next = tf.keep(checked(part.path, `slot '${slot}' of '${name}'`, value, cell.tensor));
            made.get(cell)?.dispose();
            made.set(cell, next);
          },
        });
        const grads = Object.fromEntries(Object.entries(gradients ?? {}).map(([name, tensor]) => [name, tf.clone(tensor as tf.Tensor)]));
        return { value: first ?? evaluate().value, grads };
      } catch (error) {
        tf.dispose([...made.values()]);
        throw error;
      } finally {
        for (const { item, value } of before) item.assign(value);
      }
    }),
  );
  return { ...found, slots: made };
}
