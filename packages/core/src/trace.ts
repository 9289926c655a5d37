import { DownhillError } from './errors.ts';
import { resolveOver } from './expression/domain.ts';
import { ELEMENT, isExpression, leaf, type Expression, type Over } from './expression/node.ts';
import { hoist } from './expression/hoist.ts';
import { isFinite, not, count, sub } from './expression/ops.ts';
import { resolver } from './expression/resolve.ts';
import { rewriter } from './expression/simplify.ts';
import { checkGraph, type Output } from './expression/spec.ts';
import { accepts } from './mask.ts';
import type { ParameterInfo } from './parameter-info.ts';
import { valueAt } from './schedule.ts';
import type { RuleContext, RuleDefinition, Slot, StepInfo, Transform, TransformPart } from './transform.ts';

/** A stretch of a chain that becomes one kernel. */
export interface KernelTrace {
  readonly kind: 'kernel';
  /** `parameter`, `update` and the slots, as far as they change. */
  readonly outputs: readonly Output[];
  /** Values by `path/name`, the same over the tensor or over all. */
  readonly statistics: readonly Output[];
  /** The count of bad gradients over all parameters, where the step must not go on with one. */
  readonly guards: readonly Expression[];
  /** The reductions over all parameters of the rules here: this parameter counts in them even where it does not use them. */
  readonly shared: readonly Expression[];
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

/**
 * The slots that a part keeps for a parameter.
 *
 * @param parameters All that are trained.
 */
export function slotsOf(
  { rule, masks }: TransformPart,
  info: ParameterInfo,
  parameters: readonly ParameterInfo[],
): Readonly<Record<string, Slot>> {
  if (typeof rule.slots !== 'function') return rule.slots ?? {};
  return rule.slots(
    info,
    parameters.filter((each) => masks.every((mask) => accepts(mask, each))),
  );
}

/** The numbers of a rule's options and its scalars, at a step. */
export function scalarsOf({ numbers = {}, scalars }: RuleDefinition, info: StepInfo): Readonly<Record<string, number>> {
  const now = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, valueAt(number, info.step)]));
  return { ...now, ...scalars?.(info, now) };
}

/** @param updated Slots that have a new value already. */
function contextOf(
  { path, rule }: TransformPart,
  info: ParameterInfo,
  declared: Readonly<Record<string, Slot>>,
  updated: ReadonlyMap<string, Expression>,
): RuleContext<string, string, string> {
  const slot = (name: string, { over }: Slot): Expression =>
    updated.get(`${path}/${name}`) ?? input(`${path}/${name}`, resolveOver(over, info.shape.length));
  const slots = Object.entries(declared).filter(([, { extent }]) => extent === undefined);
  const scalar = (name: string): Expression => leaf({ op: 'scalar', name: `${path}/${name}` });
  return {
    parameter: input('parameter'),
    info,
    slots: Object.fromEntries(slots.map(([name, item]) => [name, slot(name, item)])),
    scalars: Object.fromEntries(Object.keys(scalarsOf(rule, { step: 0, t: 1 })).map((name) => [name, scalar(name)])),
    numbers: Object.fromEntries(
      Object.entries(rule.numbers ?? {}).map(([name, number]) => [name, typeof number === 'number' ? number : scalar(name)]),
    ),
  };
}

interface Draft {
  readonly outputs: Map<string, Expression>;
  readonly statistics: Map<string, Expression>;
  readonly shared: Expression[];
}

const draft = (): Draft => ({ outputs: new Map(), statistics: new Map(), shared: [] });

interface PhaseOutput {
  readonly slots?: Readonly<Record<string, Expression | undefined>>;
  readonly statistics?: Readonly<Record<string, Expression>>;
}

function collect(
  { outputs, statistics }: Draft,
  { path }: TransformPart,
  output: PhaseOutput,
  declared: Readonly<Record<string, Slot>>,
  resolve: (node: Expression) => Expression,
): void {
  for (const [name, value] of Object.entries(output.slots ?? {})) {
    if (declared[name] === undefined)
      throw new DownhillError({
        code: 'illegal-expression',
        source: path,
        problem: `there is no slot '${name}'`,
        advice: 'Declare it in `slots`.',
      });
    if (value !== undefined) outputs.set(`${path}/${name}`, resolve(value));
  }
  for (const [name, value] of Object.entries(output.statistics ?? {})) statistics.set(`${path}/${name}`, resolve(value));
}

/** The parts of a transform that act on a parameter. */
export const partsFor = (transform: Transform, info: ParameterInfo): readonly TransformPart[] =>
  transform.parts.filter(({ masks }) => masks.every((mask) => accepts(mask, info)));

/** Whether a rule of the transform keeps a parameter as it is. */
export const isFrozen = (
  transform: Transform,
  info: ParameterInfo,
  active: (part: TransformPart) => boolean = ({ every = 1 }) => every === 1,
): boolean => partsFor(transform, info).some((part) => part.rule.freezes === true && active(part));

/** The name of the statistic that counts the elements of an update that are NaN or infinite. */
export const NON_FINITE = 'nonFinite';

export interface TraceOptions {
  /** Count NaN and infinite gradients before anything is stored. @defaultValue false */
  readonly guarded?: boolean;
  /** Compute the statistics of rules; without them only {@link NON_FINITE} is counted. @defaultValue true */
  readonly statistics?: boolean;
  /** The parts that act at the step; the slots of the others are there all the same. @defaultValue all */
  readonly active?: (part: TransformPart) => boolean;
  /** All that are trained. @defaultValue this one alone */
  readonly parameters?: readonly ParameterInfo[];
}

const isLikeParameter = ({ over, extent }: Slot): boolean => extent === undefined && typeof over !== 'string' && over.length === 0;

/** Whether a result is what was there before: it need not be stored. */
const unchanged = ({ name, value }: Output): boolean => value.data.op === 'input' && value.data.name === name;

/**
 * Follows a chain for one parameter: both phases of all parts that act on it become one graph, or several with the rules
 * between them that work on whole tensors.
 *
 * @throws DownhillError `illegal-expression` where a rule makes no legal graph.
 */
export function trace(
  transform: Transform,
  info: ParameterInfo,
  { guarded: always = false, statistics: wanted = true, active = () => true, parameters = [info] }: TraceOptions = {},
): Trace {
  const rank = info.shape.length;
  const all = partsFor(transform, info);
  const parts = all.filter((part) => active(part) || part.rule.between !== undefined);
  if (isFrozen(transform, info)) return { slots: [], steps: [] };
  const declared = new Map(all.map((part) => [part, slotsOf(part, info, parameters)]));
  const slots = [...declared].flatMap(([{ path }, own]) =>
    Object.entries(own).map(([name, slot]) => ({ ...slot, over: resolveOver(slot.over, rank), key: `${path}/${name}` })),
  );
  for (const slot of slots)
    if (slot.fill === 'parameter' && !isLikeParameter(slot))
      throw new DownhillError({
        code: 'illegal-expression',
        source: transform.name,
        problem: `the slot ${slot.key} is a copy of the parameter and cannot leave axes out or have more`,
        advice: 'Give it a number to start with.',
      });
  for (const { path, rule } of all)
    for (const { slot } of rule.averages ?? [])
      if (!slots.some((each) => each.key === `${path}/${slot}` && isLikeParameter(each)))
        throw new DownhillError({
          code: 'illegal-expression',
          source: path,
          problem: `the average '${slot}' is no slot of each parameter`,
          advice: 'Declare it in `slots`, shaped like the parameter.',
        });
  if (isFrozen(transform, info, active)) return { slots, steps: [] };
  const guarded = always || all.some(({ rule }) => rule.skipsNonFinite !== undefined);
  const overs = new Map<string, Over>(slots.map(({ key, over }) => [key, over]));
  const steps: (KernelTrace | MatrixTrace)[] = [];
  const gradient = input('gradient');
  let now = draft();
  let g = gradient;

  const finish = (): void => {
    const simplify = rewriter(hoist);
    const outputs = [...now.outputs]
      .map(([name, value]) => ({ name, over: overs.get(name) ?? ELEMENT, value: simplify(value) }))
      .filter((output) => !unchanged(output));
    const statistics = [...now.statistics].map(([name, value]) => ({ name, over: 'tensor' as const, value: simplify(value) }));
    checkGraph(transform.name, [...outputs, ...statistics], rank);
    const guards: Expression[] = [];
    if (guarded && steps.length === 0)
      resolver('guard', rank, (guard) => guards.push(simplify(guard)))(count(not(isFinite(gradient)), { over: 'all' }));
    steps.push({ kind: 'kernel', outputs, statistics, guards, shared: now.shared.map(simplify) });
    now = draft();
  };

  for (const part of parts) {
    const { path, rule } = part;
    if (rule.matrix !== undefined && active(part)) {
      if (g !== gradient) now.outputs.set('update', g);
      if (now.outputs.size > 0 || now.statistics.size > 0 || (guarded && steps.length === 0)) finish();
      steps.push({ kind: 'matrix', part });
      g = gradient;
    }
    const acts = active(part) ? rule.update : rule.between;
    if (acts === undefined) continue;
    const result = acts(g, contextOf(part, info, declared.get(part) ?? {}, new Map()));
    const output = isExpression(result) ? { update: result } : result;
    const resolve = resolver(path, rank, (reduction) => now.shared.push(reduction));
    g = resolve(output.update);
    collect(now, part, wanted ? output : { ...output, statistics: {} }, declared.get(part) ?? {}, resolve);
  }
  now.statistics.set(NON_FINITE, count(not(isFinite(g))));
  let weight = sub(input('parameter'), g);
  for (const part of parts) {
    const { path, rule } = part;
    if (rule.weights === undefined || !active(part)) continue;
    const result = rule.weights(weight, contextOf(part, info, declared.get(part) ?? {}, now.outputs));
    const output = isExpression(result) ? { weight: result } : result;
    const resolve = resolver(`${path}.weights`, rank, (reduction) => now.shared.push(reduction));
    if (output.weight !== undefined) weight = resolve(output.weight);
    collect(now, part, wanted ? output : { ...output, statistics: {} }, declared.get(part) ?? {}, resolve);
  }
  now.outputs.set('parameter', weight);
  finish();
  return { slots, steps };
}
