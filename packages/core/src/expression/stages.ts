import { domains, joinOver, sameOver } from './domain.ts';
import { hashText } from './hash.ts';
import { lowerNode } from './lower.ts';
import { leaf, withInputs, type Expression, type NodeData, type Over, type Reduction } from './node.ts';
import { label, nodesOf, print } from './print.ts';
import { rewriter } from './simplify.ts';
import type { Output } from './spec.ts';

/** A float32 tensor, or what was gathered in float64, as a loop sees it. `stride` 0: one value a segment, 1: one a turn. */
export interface KernelBuffer {
  readonly kind: 'tensor' | 'gathered';
  readonly name: string;
  readonly over: Over;
  readonly stride: 0 | 1;
}

/** How numbers are gathered; a `norm` is gathered as `sumOfSquares`, its root is taken where it is read. */
export type Gather = Exclude<Reduction, 'norm'>;

/** Where a reduction is gathered, in float64. */
export interface Accumulator {
  readonly name: string;
  readonly gather: Gather;
  readonly over: Over;
}

/** A number, or a word of a random key, that is the same for all elements of a parameter. */
export interface Uniform {
  readonly name: string;
  readonly data: Extract<NodeData, { op: 'scalar' | 'size' | 'key' }>;
}

/** One loop: what it reads, the primitive operations that it computes, what it stores and what it gathers. */
export interface Kernel {
  /** Equal loops have equal hashes, so that each is compiled once. */
  readonly hash: string;
  /** One turn for each value of this kind. */
  readonly over: Over;
  readonly loads: readonly KernelBuffer[];
  readonly stores: readonly { readonly buffer: KernelBuffer; readonly value: Expression }[];
  readonly gathers: readonly { readonly buffer: KernelBuffer; readonly gather: Gather; readonly value: Expression }[];
  readonly uniforms: readonly Uniform[];
}

export interface Stage {
  /** All stages of a level, of all parameters, run before those of the next. */
  readonly level: number;
  readonly kernel: Kernel;
}

/** What becomes of one traced graph. */
export interface Plan {
  readonly stages: readonly Stage[];
  readonly accumulators: readonly Accumulator[];
  /** Expressions of gathered and uniform values alone: `evaluate` works them out when somebody asks. */
  readonly statistics: readonly Output[];
  readonly guards: readonly Expression[];
}

/** What is planned: the results of a trace, and the rank of the parameter. */
export interface Planned {
  readonly outputs: readonly Output[];
  readonly statistics: readonly Output[];
  /** Reductions over all parameters that somebody looks at before anything is stored. */
  readonly guards: readonly Expression[];
  /** Reductions over all parameters that take this one in, whether its own results need them or not. */
  readonly shared: readonly Expression[];
  readonly rank: number;
}

/** Outputs are stored after everything is gathered, so that no loop reads what another has overwritten. */
export const STORE_LEVEL = 1_000_000;

/** A loop may read what is kept over more axes than its own results: what is coarser must be stored after it. */
const coarseness = (over: Over): number => (over === 'all' ? 101 : over === 'tensor' ? 100 : over.length);

const gatherOf = (reduction: Reduction): Gather => (reduction === 'norm' ? 'sumOfSquares' : reduction);

/**
 * The levels of the reductions over all parameters that some parameter needs before it stores anything, by label: one level
 * in all plans of a step.
 */
export type SharedLevels = ReadonlyMap<string, number>;

/** A reduction can be gathered one level above those that its operand needs. */
function levels(shared: Map<string, number>): (node: Expression) => number {
  const known = new Map<Expression, number>();
  const levelOf = (node: Expression): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    let level = node.inputs.reduce((highest, input) => Math.max(highest, levelOf(input)), 0);
    if (node.data.op === 'reduce') {
      level += 1;
      if (node.data.over === 'all') {
        level = Math.max(level, shared.get(node.data.label) ?? 0);
        shared.set(node.data.label, level);
      }
    }
    known.set(node, level);
    return level;
  };
  return levelOf;
}

const valuesOf = ({ outputs, statistics, guards, shared }: Planned): readonly Expression[] => [
  ...[...outputs, ...statistics].map(({ value }) => value),
  ...guards,
  ...shared,
];

/** What must be known before anything is stored: what outputs and guards are made of, and other reductions. */
function neededBy(planned: Planned): ReadonlySet<Expression> {
  const operands = nodesOf(valuesOf(planned)).flatMap(({ op, inputs }) => (op === 'reduce' ? inputs : []));
  return new Set(nodesOf([...planned.outputs.map(({ value }) => value), ...planned.guards, ...operands]));
}

const labelOf = ({ data }: Expression): string | undefined => (data.op === 'reduce' && data.over === 'all' ? data.label : undefined);

/** Raises the levels of reductions over all parameters until all plans of the step agree. */
export function shareLevels(all: readonly Planned[]): SharedLevels {
  const needed = new Set(all.flatMap((planned) => [...neededBy(planned)].map(labelOf)));
  const shared = new Map<string, number>();
  const total = (): number => [...shared.values()].reduce((sum, level) => sum + level, 0);
  for (let before = -1; before !== total();) {
    before = total();
    for (const planned of all) valuesOf(planned).forEach(levels(shared));
  }
  return new Map([...shared].filter(([label]) => needed.has(label)));
}

/** How a loop over the values of `within` steps through a buffer: by the last axis that it walks along. */
function strideOf(over: Over, within: Over, rank: number): 0 | 1 {
  if (typeof over === 'string' || typeof within === 'string') return 0;
  const walked = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !within.includes(axis));
  const last = walked.at(-1);
  return last !== undefined && over.includes(last) ? 0 : 1;
}

interface Gathered extends Accumulator {
  readonly level: number;
  readonly operand: Expression;
  readonly loop: Over;
  /** Of a reduction over all parameters. */
  readonly label: string | undefined;
}

/** The reductions of a graph; those that are gathered alike from one operand share a buffer. */
function gatheredIn(nodes: readonly Expression[], levelOf: (node: Expression) => number): Map<Expression, Gathered> {
  const domainOf = domains();
  const ids = new Map(nodes.map((node, id) => [node, id]));
  const byKey = new Map<string, Gathered>();
  const byNode = new Map<Expression, Gathered>();
  for (const node of nodes) {
    const { data } = node;
    const [operand] = node.inputs;
    if (data.op !== 'reduce' || operand === undefined) continue;
    const gather = gatherOf(data.reduction);
    const key = `${gather} ${data.over} ${data.label} ${ids.get(operand)}`;
    const name = data.over === 'all' ? `all ${data.label} ${gather}` : `gathered ${byKey.size}`;
    const loop = joinOver(domainOf(operand), data.over === 'all' ? 'tensor' : data.over);
    const gathered = byKey.get(key) ?? { name, gather, over: data.over, level: levelOf(node), operand, loop, label: labelOf(node) };
    byKey.set(key, gathered);
    byNode.set(node, gathered);
  }
  return byNode;
}

/** Puts a load of what was gathered in the place of each reduction. */
function cutter(gathered: ReadonlyMap<Expression, Gathered>): (node: Expression) => Expression {
  const done = new Map<Expression, Expression>();
  const cut = (node: Expression): Expression => {
    const before = done.get(node);
    if (before !== undefined) return before;
    const source = gathered.get(node);
    const result =
      source !== undefined && node.data.op === 'reduce'
        ? leaf({ op: 'reduced', reduction: node.data.reduction, over: source.over, name: source.name })
        : withInputs(node, node.inputs.map(cut));
    done.set(node, result);
    return result;
  };
  return cut;
}

const isUniform = (data: NodeData): data is Uniform['data'] => data.op === 'scalar' || data.op === 'size' || data.op === 'key';

/** The uniform leaves of some values, by name. */
function uniformsIn(values: readonly Expression[]): readonly Uniform[] {
  const found = new Map<string, Uniform>();
  for (const { data } of nodesOf(values)) if (isUniform(data)) found.set(label(data), { name: label(data), data });
  return [...found.values()];
}

function makeKernel(
  over: Over,
  outputs: readonly Output[],
  gathered: readonly Gathered[],
  rank: number,
  resolve: (node: Expression) => Expression,
): Kernel {
  const buffer = (kind: KernelBuffer['kind'], name: string, of: Over): KernelBuffer => ({
    kind,
    name,
    over: of,
    stride: strideOf(of, over, rank),
  });
  const stores = outputs.map((output) => ({ buffer: buffer('tensor', output.name, output.over), value: resolve(output.value) }));
  const gathers = gathered.map((item) => ({
    buffer: buffer('gathered', item.name, item.over),
    gather: item.gather,
    value: resolve(item.operand),
  }));
  const values = [...stores, ...gathers].map(({ value }) => value);
  const loads = new Map<string, KernelBuffer>();
  for (const { data } of nodesOf(values))
    if (data.op === 'input' || data.op === 'reduced')
      loads.set(data.name, buffer(data.op === 'input' ? 'tensor' : 'gathered', data.name, data.over));
  const moving = [...loads.values(), ...[...stores, ...gathers].map((item) => item.buffer)];
  const graph = print(
    Object.fromEntries([
      ...stores.map((store) => [`store ${store.buffer.name}`, store.value]),
      ...gathers.map((item) => [`${item.gather} ${item.buffer.name}`, item.value]),
    ]),
  );
  const strides = moving.map(({ name, over, stride }) => `${name}[${over}] by ${stride}`);
  return {
    hash: hashText([graph, ...strides].join('\n')),
    over,
    loads: [...loads.values()],
    stores,
    gathers,
    uniforms: uniformsIn(values),
  };
}

/** Each kind of value once, the finest first. */
const distinct = (overs: readonly Over[]): readonly Over[] =>
  [...new Map(overs.map((over) => [String(over), over])).values()].sort((a, b) => coarseness(a) - coarseness(b));

/**
 * Splits a graph into loops. A reduction is gathered by a loop over its operand, at a level of its own; whoever needs it
 * computes the rest again from the inputs, which costs less than storing and reading it. What only statistics need is
 * gathered by the last loops on the way.
 */
export function plan(planned: Planned, shared: SharedLevels = shareLevels([planned])): Plan {
  const { outputs, statistics, guards, rank } = planned;
  const gathered = gatheredIn(nodesOf(valuesOf(planned)), levels(new Map(shared)));
  const cut = cutter(gathered);
  const lower = rewriter(lowerNode);
  const resolve = (node: Expression): Expression => lower(cut(node));

  const needed = new Set([...neededBy(planned)].map((node) => gathered.get(node)));
  const read = new Set(nodesOf(statistics.map(({ value }) => value)).map((node) => gathered.get(node)));
  const isEarly = (item: Gathered): boolean => needed.has(item) || (item.label !== undefined && shared.has(item.label));
  const all = [...new Set(gathered.values())].filter((item) => isEarly(item) || read.has(item));
  const early = all.filter(isEarly);
  const late = all.filter((item) => !isEarly(item));

  const gatherStages = [...new Set(early.map(({ level }) => level))]
    .sort((a, b) => a - b)
    .flatMap((level) => {
      const due = early.filter((item) => item.level === level);
      return distinct(due.map(({ loop }) => loop)).map((over) => ({
        level,
        kernel: makeKernel(
          over,
          [],
          due.filter(({ loop }) => sameOver(loop, over)),
          rank,
          resolve,
        ),
      }));
    });
  const storeStages = distinct([...outputs.map(({ over }) => over), ...late.map(({ loop }) => loop)]).map((over) => ({
    level: STORE_LEVEL + coarseness(over),
    kernel: makeKernel(
      over,
      outputs.filter((output) => sameOver(output.over, over)),
      late.filter(({ loop }) => sameOver(loop, over)),
      rank,
      resolve,
    ),
  }));
  return {
    stages: [...gatherStages, ...storeStages],
    accumulators: all.map(({ name, gather, over }) => ({ name, gather, over })),
    statistics: statistics.map((output) => ({ ...output, value: cut(output.value) })),
    guards: guards.map(cut),
  };
}
