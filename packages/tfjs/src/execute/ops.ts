import {
  NON_FINITE,
  nodesOf,
  shapeOver,
  shareLevels,
  type Expression,
  type NodeData,
  type Over,
  type Reduction,
} from '@downhill/core/compiler';
import * as tf from '@tensorflow/tfjs-core';
import { cellOf, itemAt, tensorOf, type Cell, type Executor, type Prepared, type Program, type StepItem } from './executor.ts';

type Reduce = Extract<NodeData, { op: 'reduce' }>;

const axesOf = (over: Over, rank: number): number[] =>
  typeof over === 'string' ? Array.from({ length: rank }, (_, axis) => axis) : [...over];

/** √Σ x² without overflow: the largest number is taken out first. */
function normOf(x: tf.Tensor, axes: number[]): tf.Tensor {
  const largest = tf.max(tf.abs(x), axes, true);
  const scale = tf.where(tf.logicalAnd(tf.greater(largest, 0), tf.isFinite(largest)), largest, tf.onesLike(largest));
  return tf.mul(scale, tf.sqrt(tf.sum(tf.square(tf.div(x, scale)), axes, true)));
}

function reduce(reduction: Reduction, x: tf.Tensor, axes: number[]): tf.Tensor {
  switch (reduction) {
    case 'sum':
      return tf.sum(x, axes, true);
    case 'sumOfSquares':
      return tf.square(normOf(x, axes));
    case 'norm':
      return normOf(x, axes);
    case 'maxAbs':
      return tf.max(tf.abs(x), axes, true);
    case 'count':
      return tf.sum(tf.cast(x, 'float32'), axes, true);
    default:
      return reduction satisfies never;
  }
}

/** Joins what was gathered from each parameter. */
function join(reduction: Reduction, parts: readonly tf.Tensor[]): tf.Tensor {
  const values = tf.stack(parts.map((part) => tf.reshape(part, [])));
  return tf.reshape(reduce(reduction === 'norm' || reduction === 'maxAbs' ? reduction : 'sum', values, [0]), []);
}

/** tfjs loses NaN here: its sign is 0, and on wasm the larger of 1 and NaN is 1. */
const orNaN = (x: tf.Tensor, result: tf.Tensor): tf.Tensor => tf.where(tf.isNaN(x), x, result);

const OPERATIONS: Readonly<Record<string, (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.Tensor>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  min: (a, b) => orNaN(b, tf.minimum(a, b)),
  max: (a, b) => orNaN(b, tf.maximum(a, b)),
  pow: tf.pow,
  neg: tf.neg,
  abs: tf.abs,
  sign: (a) => orNaN(a, tf.sign(a)),
  sqrt: tf.sqrt,
  exp: tf.exp,
  log: tf.log,
  tanh: tf.tanh,
  sin: tf.sin,
  cos: tf.cos,
  floor: tf.floor,
  less: tf.less,
  lessEqual: tf.lessEqual,
  equal: tf.equal,
  isFinite: tf.isFinite,
  and: tf.logicalAnd,
  or: tf.logicalOr,
  not: tf.logicalNot,
  select: tf.where,
};

/** Works out one parameter's graph with tfjs operations; what it has worked out it keeps until the step is over. */
class Evaluation {
  readonly #program: Program;
  readonly #item: StepItem;
  readonly #shared: ReadonlyMap<string, tf.Tensor>;
  readonly #known = new Map<Expression, tf.Tensor>();

  constructor(program: Program, item: StepItem, shared: ReadonlyMap<string, tf.Tensor>) {
    this.#program = program;
    this.#item = item;
    this.#shared = shared;
  }

  #leaf(data: NodeData): tf.Tensor | undefined {
    const { shape } = this.#program.info;
    switch (data.op) {
      case 'constant':
        return tf.scalar(data.value);
      case 'scalar':
      case 'size':
        return tf.scalar(this.#item.uniform(data));
      case 'input':
        return tensorOf(this.#item, data.name);
      case 'index':
        return tf.reshape(tf.range(0, tf.util.sizeFromShape([...shape]), 1, 'float32'), [...shape]);
      case 'random': {
        const values = data.draw(data.distribution, this.#item.keyOf(data), tf.util.sizeFromShape([...shape]));
        return tf.tensor(values, [...shape]);
      }
      default:
        return undefined;
    }
  }

  /** What a parameter adds to a reduction. */
  part({ reduction, over }: Reduce, operand: Expression): tf.Tensor {
    const { shape } = this.#program.info;
    const x = this.value(operand);
    const wide =
      x.shape.length === shape.length
        ? x
        : tf.reshape(
            x,
            shape.map(() => 1),
          );
    const axes = axesOf(over, shape.length);
    if (wide.size === 0) return tf.zeros([...shapeOver(wide.shape, over === 'all' ? 'tensor' : over)]); // tfjs's wasm backend traps
    if (axes.length > 0) return reduce(reduction, wide, axes);
    return tf.reshape(reduce(reduction, tf.expandDims(wide, -1), [shape.length]), wide.shape); // each element alone
  }

  value(node: Expression): tf.Tensor {
    const before = this.#known.get(node);
    if (before !== undefined) return before;
    const result = this.#compute(node);
    this.#known.set(node, result);
    return result;
  }

  #compute(node: Expression): tf.Tensor {
    const { data } = node;
    const [first] = node.inputs;
    if (data.op === 'reduce' && first !== undefined) {
      if (data.over !== 'all') return this.part(data, first);
      const joined = this.#shared.get(data.label);
      if (joined === undefined) throw new TypeError(`the reduction ${data.label} was not gathered`);
      return joined;
    }
    if (data.op === 'toNumber' && first !== undefined) return this.value(first); // the element's index is a float32 tensor here
    const leaf = this.#leaf(data);
    if (leaf !== undefined) return leaf;
    const operation = OPERATIONS[data.op];
    if (operation === undefined || first === undefined) throw new TypeError(`no tfjs operation for '${data.op}'`);
    const [a, b = this.value(first), c = this.value(first)] = node.inputs.map((input) => this.value(input));
    return operation(a ?? b, b, c);
  }

  /** Each output in the shape of its cell; a tensor of its own, so that it can be kept. */
  outputs(): readonly { readonly cell: Cell; readonly value: tf.Tensor }[] {
    return this.#program.trace.outputs.map(({ name, value }) => {
      const cell = cellOf(this.#item, name);
      return { cell, value: tf.clone(tf.broadcastTo(this.value(value), [...cell.shape])) };
    });
  }

  statistics(): readonly tf.Tensor[] {
    return this.#program.trace.statistics.map(({ value }) => tf.reshape(this.value(value), []));
  }

  guards(): readonly tf.Tensor[] {
    return this.#program.trace.guards.map((guard) => this.value(guard));
  }
}

type Reduced = { readonly data: Reduce; readonly operand: Expression };

/** The reductions over all parameters that a program takes part in, by label. */
function sharedReductions({ trace }: Program): ReadonlyMap<string, Reduced> {
  const values = [...[...trace.outputs, ...trace.statistics].map(({ value }) => value), ...trace.guards, ...trace.shared];
  const found = nodesOf(values).flatMap(({ data, inputs: [operand] }) =>
    data.op === 'reduce' && data.over === 'all' && operand !== undefined ? [[data.label, { data, operand }] as const] : [],
  );
  return new Map(found);
}

/** A reduction over all parameters, and who takes part in it. */
interface SharedReduction {
  readonly label: string;
  readonly reduction: Reduction;
  readonly parts: readonly (Reduced & { readonly program: number })[];
}

/** All of them, lower levels first, so that later ones can use earlier ones; what only statistics need comes last. */
function sharedBy(programs: readonly Program[]): readonly SharedReduction[] {
  const reductions = programs.map(sharedReductions);
  const levels = shareLevels(programs.map(({ info, trace }) => ({ ...trace, rank: info.shape.length })));
  const levelOf = (label: string): number => levels.get(label) ?? Number.MAX_SAFE_INTEGER;
  const labels = [...new Set(reductions.flatMap((found) => [...found.keys()]))];
  return labels
    .sort((a, b) => levelOf(a) - levelOf(b))
    .map((label) => {
      const parts = reductions.flatMap((found, program) => {
        const reduced = found.get(label);
        return reduced === undefined ? [] : [{ ...reduced, program }];
      });
      return { label, reduction: parts[0]?.data.reduction ?? 'sum', parts };
    });
}

/** Adds up what each parameter has. */
function gatherShared(reductions: readonly SharedReduction[], evaluations: readonly Evaluation[], shared: Map<string, tf.Tensor>): void {
  for (const { label, reduction, parts } of reductions) {
    const gathered = parts.flatMap(({ data, operand, program }) => evaluations[program]?.part(data, operand) ?? []);
    shared.set(label, join(reduction, gathered));
  }
}

/** How many gradients are not finite, as the first program that guards the step counts them: over all parameters. */
function badGradients(evaluations: readonly Evaluation[]): number {
  const guards = evaluations.map((evaluation) => evaluation.guards()).find((found) => found.length > 0) ?? [];
  return guards.reduce((bad, guard) => bad + (guard.dataSync()[0] ?? 0), 0);
}

/** Keeps one tensor across steps and lets go of the one before. */
function keeper(): { readonly tensor: tf.Tensor | undefined; keep(next: tf.Tensor | undefined): void } {
  let kept: tf.Tensor | undefined;
  return {
    get tensor() {
      return kept;
    },
    keep(next) {
      kept?.dispose();
      kept = next === undefined ? undefined : tf.keep(next);
    },
  };
}

/** Runs programs with tfjs operations alone: works on every backend, generates no code, and is as slow as tfjs is. */
export const opsExecutor: Executor = {
  name: 'ops',
  prepare(programs: readonly Program[]): Prepared {
    const reductions = sharedBy(programs);
    const names = programs.flatMap(({ trace }, program) => trace.statistics.map(({ name }) => ({ program, name })));
    const counts = names.map(({ name }, i) => (name === NON_FINITE ? i : -1)).filter((i) => i >= 0);
    const statistics = keeper(); // [statistics]: those of the last step
    const bad = keeper(); // [2, programs]: elements that were not finite, and the first step with one, or -1

    function noteBad(latest: tf.Tensor, step: number): tf.Tensor {
      const now = tf.gather(latest, tf.tensor1d(counts, 'int32'));
      const [total, first] = bad.tensor === undefined ? [tf.zerosLike(now), tf.fill(now.shape, -1)] : tf.unstack(bad.tensor);
      const started = tf.logicalAnd(tf.less(first ?? now, 0), tf.greater(now, 0));
      return tf.stack([tf.add(total ?? now, now), tf.where(started, tf.fill(now.shape, step), first ?? now)]);
    }

    return {
      run(items, step, proceed) {
        const shared = new Map<string, tf.Tensor>();
        let targets: readonly Cell[] | undefined;
        const values = tf.tidy(() => {
          const evaluations = programs.map((program, i) => new Evaluation(program, itemAt(items, i), shared));
          gatherShared(reductions, evaluations, shared);
          if (!proceed(badGradients(evaluations))) return [];
          const outputs = evaluations.flatMap((evaluation) => evaluation.outputs());
          if (names.length > 0) {
            const latest = tf.stack(evaluations.flatMap((evaluation) => evaluation.statistics()));
            const noted = counts.length > 0 ? noteBad(latest, step) : undefined;
            statistics.keep(latest);
            if (noted !== undefined) bad.keep(noted);
          }
          targets = outputs.map(({ cell }) => cell);
          return outputs.map(({ value }) => value);
        });
        targets?.forEach((cell, i) => {
          const value = values[i];
          if (value !== undefined) cell.replace(value);
        });
        return targets !== undefined;
      },
      async statistics() {
        const values = (await statistics.tensor?.data()) ?? new Float32Array(0);
        const read: Record<string, number>[] = programs.map(() => ({}));
        names.forEach(({ program, name }, i) => Object.assign(read[program] ?? {}, { [name]: values[i] ?? Number.NaN }));
        return read;
      },
      async nonFinite() {
        const values = (await bad.tensor?.data()) ?? new Float32Array(0);
        bad.keep(undefined);
        const half = values.length / 2;
        return counts.flatMap((place, i) =>
          (values[i] ?? 0) > 0 ? [{ program: names[place]?.program ?? 0, count: values[i] ?? 0, step: values[half + i] ?? 0 }] : [],
        );
      },
      dispose() {
        statistics.keep(undefined);
        bad.keep(undefined);
      },
    };
  },
};
