import { resolveOver } from './expression/domain.ts';
import { ELEMENT, isExpression, leaf, withInputs, type Expression, type Over } from './expression/node.ts';
import { isFinite, not, count, sub } from './expression/ops.ts';
import { rewriter } from './expression/simplify.ts';
import { checkGraph, type Output } from './expression/spec.ts';
import { accepts } from './mask.ts';
import type { ParameterInfo, RuleContext, RuleDefinition, Slot, Transform, TransformPart } from './transform.ts';

/** A stretch of a chain that becomes one kernel. */
export interface KernelTrace {
  readonly kind: 'kernel';
  /** `parameter`, `update` and the slots that change. */
  readonly outputs: readonly Output[];
  /** Values by `path/name`, the same over the tensor or over all. */
  readonly statistics: readonly Output[];
  /** The count of bad gradients over all parameters, where the step must not go on with one. */
  readonly guards: readonly Expression[];
}

/** A rule that works on whole tensors, between two kernels. */
export interface MatrixTrace {
  readonly kind: 'matrix';
  readonly part: TransformPart;
}

/** A slot of one parameter; `key` is `path/name`. */
export interface TracedSlot extends Slot {
  readonly key: string;
}

/** What a chain does to one parameter. */
export interface Trace {
  readonly slots: readonly TracedSlot[];
  readonly steps: readonly (KernelTrace | MatrixTrace)[];
}

const input = (name: string, over: Over = ELEMENT): Expression => leaf({ op: 'input', name, over });

/** The slots that a rule keeps for a parameter. */
export function slotsOf(rule: RuleDefinition, info: ParameterInfo): Readonly<Record<string, Slot>> {
  return typeof rule.slots === 'function' ? rule.slots(info) : (rule.slots ?? {});
}

function contextOf({ path, rule }: TransformPart, info: ParameterInfo): RuleContext<string, string> {
  const slots = Object.entries(slotsOf(rule, info));
  const scalars = Object.keys(rule.scalars?.({ step: 0, t: 1 }) ?? {});
  return {
    parameter: input('parameter'),
    info,
    slots: Object.fromEntries(slots.map(([name, { over }]) => [name, input(`${path}/${name}`, resolveOver(over, info.shape.length))])),
    scalars: Object.fromEntries(scalars.map((name) => [name, leaf({ op: 'scalar', name: `${path}/${name}` })])),
  };
}

/**
 * Tells the reductions over all parameters of one rule from those of another: two rules may fold the same expression of one
 * parameter and different ones of the next. They are numbered in the order in which the rule's results need them.
 */
function labelReductions(path: string, rank: number): (node: Expression) => Expression {
  const done = new Map<Expression, Expression>();
  let labels = 0;
  const visit = (node: Expression): Expression => {
    const before = done.get(node);
    if (before !== undefined) return before;
    const rebuilt = withInputs(node, node.inputs.map(visit));
    const { data } = rebuilt;
    let result = rebuilt;
    if ('over' in data) {
      const over = resolveOver(data.over, rank);
      const named = data.op === 'reduce' && over === 'all' && data.label === '' ? { ...data, over, label: `${path}.${labels++}` } : { ...data, over };
      result = Object.freeze({ ...rebuilt, data: named });
    }
    done.set(node, result);
    return result;
  };
  return visit;
}

interface Draft {
  readonly outputs: Map<string, Expression>;
  readonly statistics: Map<string, Expression>;
}

const draft = (): Draft => ({ outputs: new Map(), statistics: new Map() });

interface PhaseOutput {
  readonly slots?: Readonly<Record<string, Expression | undefined>>;
  readonly statistics?: Readonly<Record<string, Expression>>;
}

function collect({ outputs, statistics }: Draft, path: string, output: PhaseOutput, labelled: (node: Expression) => Expression): void {
  for (const [name, value] of Object.entries(output.slots ?? {})) if (value !== undefined) outputs.set(`${path}/${name}`, labelled(value));
  for (const [name, value] of Object.entries(output.statistics ?? {})) statistics.set(`${path}/${name}`, labelled(value));
}

/** The parts of a transform that act on a parameter. */
export const partsFor = (transform: Transform, info: ParameterInfo): readonly TransformPart[] =>
  transform.parts.filter(({ masks }) => masks.every((mask) => accepts(mask, info)));

/** The name of the statistic that counts the elements of an update that are NaN or infinite. */
export const NON_FINITE = 'nonFinite';

export interface TraceOptions {
  /** Count NaN and infinite gradients before anything is stored. @defaultValue false */
  readonly guarded?: boolean;
}

/** The reductions over all parameters that a step looks at before it stores anything. */
const guardsOn = (gradient: Expression): readonly Expression[] => [labelReductions('guard', 0)(count(not(isFinite(gradient)), { over: 'all' }))];

/**
 * Follows a chain for one parameter: both phases of all parts that act on it become one graph, or several with the rules
 * between them that work on whole tensors.
 *
 * @throws DownhillError `illegal-expression` where a rule makes no legal graph.
 */
export function trace(transform: Transform, info: ParameterInfo, { guarded = false }: TraceOptions = {}): Trace {
  const rank = info.shape.length;
  const parts = partsFor(transform, info);
  const slots = parts.flatMap(({ path, rule }) =>
    Object.entries(slotsOf(rule, info)).map(([name, slot]) => ({ ...slot, over: resolveOver(slot.over, rank), key: `${path}/${name}` })),
  );
  const overs = new Map<string, Over>(slots.map(({ key, over }) => [key, over]));
  const steps: (KernelTrace | MatrixTrace)[] = [];
  const gradient = input('gradient');
  let now = draft();
  let g = gradient;

  const finish = (): void => {
    const simplify = rewriter();
    const outputs = [...now.outputs].map(([name, value]) => ({ name, over: overs.get(name) ?? ELEMENT, value: simplify(value) }));
    const statistics = [...now.statistics].map(([name, value]) => ({ name, over: 'tensor' as const, value: simplify(value) }));
    checkGraph(transform.name, [...outputs, ...statistics], rank);
    steps.push({ kind: 'kernel', outputs, statistics, guards: guarded && steps.length === 0 ? guardsOn(gradient).map(simplify) : [] });
    now = draft();
  };

  for (const part of parts) {
    const { path, rule } = part;
    if (rule.matrix !== undefined) {
      if (g !== gradient) now.outputs.set('update', g);
      if (now.outputs.size > 0 || (guarded && steps.length === 0)) finish();
      steps.push({ kind: 'matrix', part });
      g = gradient;
    }
    if (rule.update === undefined) continue;
    const result = rule.update(g, contextOf(part, info));
    const output = isExpression(result) ? { update: result } : result;
    const labelled = labelReductions(path, rank);
    g = labelled(output.update);
    collect(now, path, output, labelled);
  }
  now.statistics.set(NON_FINITE, count(not(isFinite(g))));
  let weight = sub(input('parameter'), g);
  for (const part of parts) {
    const { path, rule } = part;
    if (rule.weights === undefined) continue;
    const result = rule.weights(weight, contextOf(part, info));
    const output = isExpression(result) ? { weight: result } : result;
    const labelled = labelReductions(`${path}.weights`, rank);
    if (output.weight !== undefined) weight = labelled(output.weight);
    collect(now, path, output, labelled);
  }
  now.outputs.set('parameter', weight);
  finish();
  return { slots, steps };
}
