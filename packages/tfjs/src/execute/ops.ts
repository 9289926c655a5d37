import { NON_FINITE, nodesOf, shareLevels, type Expression, type NodeData, type Output, type Over, type Reduction } from '@downhill/core/compiler';
import { randomStream } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Executor, Prepared, Program, StepItem } from './executor.ts';

type Reduce = Extract<NodeData, { op: 'reduce' }>;

const axesOf = (over: Over, rank: number): number[] => (typeof over === 'string' ? Array.from({ length: rank }, (_, axis) => axis) : [...over]);

/** √Σ x² without overflow: the largest number is taken out first. */
function normOf(x: tf.Tensor, axes: number[]): tf.Tensor {
  const largest = tf.max(tf.abs(x), axes, true);
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest));
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
  return tf.reshape(reduce(reduction === 'count' ? 'sum' : reduction === 'sumOfSquares' ? 'sum' : reduction, values, [0]), []);
}

const OPERATIONS: Readonly<Record<string, (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.Tensor>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  min: tf.minimum,
  max: tf.maximum,
  pow: tf.pow,
  neg: tf.neg,
  abs: tf.abs,
  sign: tf.sign,
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
  private readonly program: Program;
  private readonly item: StepItem;
  private readonly shared: ReadonlyMap<string, tf.Tensor>;
  private readonly known = new Map<Expression, tf.Tensor>();

  constructor(program: Program, item: StepItem, shared: ReadonlyMap<string, tf.Tensor>) {
    this.program = program;
    this.item = item;
    this.shared = shared;
  }

  private leaf(data: NodeData): tf.Tensor | undefined {
    const { shape } = this.program.info;
    switch (data.op) {
      case 'constant':
        return tf.scalar(data.value);
      case 'scalar':
      case 'size':
        return tf.scalar(this.item.uniform(data));
      case 'input':
        return data.name === 'gradient' ? this.item.gradient : this.item.cells.get(data.name)?.tensor;
      case 'index':
        return tf.reshape(tf.range(0, tf.util.sizeFromShape([...shape]), 1, 'float32'), [...shape]);
      case 'random': {
        const word = (which: 0 | 1): number => this.item.uniform({ op: 'key', seed: data.seed, stream: data.stream, word: which });
        const stream = randomStream([word(0), word(1)]);
        const size = tf.util.sizeFromShape([...shape]);
        const values = Float32Array.from({ length: size }, (_, i) => (data.distribution === 'normal' ? stream.normalAt(i) : stream.uniformAt(i)));
        return tf.tensor(values, [...shape]);
      }
      default:
        return undefined;
    }
  }

  /** What a parameter adds to a reduction. */
  part({ reduction, over }: Reduce, operand: Expression): tf.Tensor {
    const { shape } = this.program.info;
    const x = this.value(operand);
    const wide = x.shape.length === shape.length ? x : tf.reshape(x, shape.map(() => 1));
    const axes = axesOf(over, shape.length);
    return axes.length === 0 ? reduce(reduction, tf.reshape(wide, [1]), [0]) : reduce(reduction, wide, axes);
  }

  value(node: Expression): tf.Tensor {
    const before = this.known.get(node);
    if (before !== undefined) return before;
    const result = this.compute(node);
    this.known.set(node, result);
    return result;
  }

  private compute(node: Expression): tf.Tensor {
    const { data } = node;
    const [first] = node.inputs;
    if (data.op === 'reduce' && first !== undefined) {
      if (data.over !== 'all') return this.part(data, first);
      const joined = this.shared.get(data.label);
      if (joined === undefined) throw new TypeError(`the reduction ${data.label} was not gathered`);
      return joined;
    }
    if (data.op === 'toNumber' && first !== undefined) return this.value(first); // the element's index is a float32 tensor here
    const leaf = this.leaf(data);
    if (leaf !== undefined) return leaf;
    const operation = OPERATIONS[data.op];
    if (operation === undefined || first === undefined) throw new TypeError(`no tfjs operation for '${data.op}'`);
    const [a, b = this.value(first), c = this.value(first)] = node.inputs.map((input) => this.value(input));
    return operation(a ?? b, b, c);
  }

  /** An output in the shape of its cell; a copy, so that it can be kept. */
  output({ name, value }: Output): tf.Tensor {
    const shape = this.item.cells.get(name)?.tensor.shape ?? [...this.program.info.shape];
    return tf.clone(tf.broadcastTo(this.value(value), shape));
  }
}

type Reduced = { readonly data: Reduce; readonly operand: Expression };

/** The reductions over all parameters that a program takes part in, by label. */
function sharedReductions({ trace }: Program): ReadonlyMap<string, Reduced> {
  const values = [...[...trace.outputs, ...trace.statistics].map(({ value }) => value), ...trace.guards];
  const found = nodesOf(values).flatMap(({ data, inputs: [operand] }) => (data.op === 'reduce' && data.over === 'all' && operand !== undefined ? [[data.label, { data, operand }] as const] : []));
  return new Map(found);
}

/** Adds what each parameter has to the reductions over all, lower levels first, so that later ones can use earlier ones. */
function gatherShared(programs: readonly Program[], evaluations: readonly Evaluation[], shared: Map<string, tf.Tensor>): void {
  const reductions = programs.map(sharedReductions);
  const levels = shareLevels(programs.map(({ info, trace }) => ({ ...trace, rank: info.shape.length })));
  for (const [label] of [...levels].sort((a, b) => a[1] - b[1])) {
    const parts = evaluations.flatMap((evaluation, i) => {
      const reduced = reductions[i]?.get(label);
      return reduced === undefined ? [] : [{ reduction: reduced.data.reduction, part: evaluation.part(reduced.data, reduced.operand) }];
    });
    const [first] = parts;
    if (first !== undefined) shared.set(label, join(first.reduction, parts.map(({ part }) => part)));
  }
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
        return tf.tidy(() => {
          const evaluations = programs.flatMap((program, i) => (items[i] === undefined ? [] : [new Evaluation(program, items[i], shared)]));
          gatherShared(programs, evaluations, shared);
          const guards = programs[0]?.trace.guards ?? [];
          const badGradients = guards.reduce((sum, guard) => sum + (evaluations[0]?.value(guard).dataSync()[0] ?? 0), 0);
          if (!proceed(badGradients)) return false;
          const outputs = programs.flatMap(({ trace }, i) => trace.outputs.map((output) => ({ cell: items[i]?.cells.get(output.name), value: evaluations[i]?.output(output) })));
          const latest = tf.stack(programs.flatMap(({ trace }, i) => trace.statistics.map(({ value }) => tf.reshape(evaluations[i]?.value(value) ?? tf.scalar(0), []))));
          const noted = noteBad(latest, step);
          statistics.keep(latest);
          bad.keep(noted);
          for (const { cell, value } of outputs) if (value !== undefined) cell?.replace(tf.keep(value));
          return true;
        });
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
        return counts.flatMap((place, i) => ((values[i] ?? 0) > 0 ? [{ program: names[place]?.program ?? 0, count: values[i] ?? 0, step: values[half + i] ?? 0 }] : []));
      },
      dispose() {
        statistics.keep(undefined);
        bad.keep(undefined);
      },
    };
  },
};
