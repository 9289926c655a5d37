import { ELEMENT, type Expression, type Over } from './expression/node.ts';
import type { Operand } from './expression/ops.ts';
import { pluginJson, type Plugin, type PluginConfig } from './plugin.ts';
import type { Mask } from './mask.ts';
import type { ParameterInfo } from './parameter-info.ts';
import type { ScheduleLike } from './schedule.ts';

/** A tensor of state that a rule keeps for each parameter. */
export interface Slot {
  /** What it holds before the first step: a number everywhere, or a copy of the parameter. */
  readonly fill: number | 'parameter';
  /** The axes that it leaves out; `[]` is shaped like the parameter. */
  readonly over: Over;
  /** Axes in front of these: `[10]` holds ten of them. Only rules of `matrix` and `gradients` see such a slot. @defaultValue none */
  readonly extent?: readonly number[];
}

/** A slot shaped like the parameter, filled with zeros. */
export const zeros: Slot = Object.freeze({ fill: 0, over: ELEMENT });
/** A slot shaped like the parameter, filled with a number. */
export const filledWith = (fill: number): Slot => Object.freeze({ fill, over: ELEMENT });
/** A slot that starts as a copy of the parameter. */
export const copyOfParameter: Slot = Object.freeze({ fill: 'parameter', over: ELEMENT });
/** A slot without the axes of `over` (they have size 1): `zerosOver([-1])` of a matrix holds one number a row. */
export const zerosOver = (over: Over): Slot => Object.freeze({ fill: 0, over });

/** A slot that holds several tensors shaped like the parameter, `[...extent, ...shape]`, filled with zeros. */
export const zerosIn = (...extent: readonly number[]): Slot => Object.freeze({ fill: 0, over: ELEMENT, extent });

/** The moment for which scalars are computed. */
export interface StepInfo {
  /** Steps finished before this one. */
  readonly step: number;
  /** `step + 1`, as papers count. */
  readonly t: number;
}

export interface RuleContext<SlotName extends string, ScalarName extends string, NumberName extends string = never> {
  /** The weight as it was before the step. */
  readonly parameter: Expression;
  readonly info: ParameterInfo;
  /** As the last step left them; in `weights`, as `update` left them. */
  readonly slots: { readonly [name in SlotName]: Expression };
  readonly scalars: { readonly [name in ScalarName]: Expression };
  /** Plain numbers as they are, which are folded into the kernel; schedules as scalars. */
  readonly numbers: { readonly [name in NumberName]: Operand };
}

/** Numbers, a reduction each, that the kernel computes on the way and that are read after the step by whoever asks. */
export type Statistics = Readonly<Record<string, Expression>>;

export interface RuleOutput<SlotName extends string> {
  /** The new values of the slots; a slot left out keeps its value. */
  readonly slots?: { readonly [name in SlotName]?: Expression };
  readonly statistics?: Statistics;
}

/** The gradient on its way: what a rule makes of it, and what the end of the chain subtracts from the weight. */
export interface UpdateOutput<SlotName extends string> extends RuleOutput<SlotName> {
  readonly update: Expression;
}

export interface WeightsOutput<SlotName extends string> extends RuleOutput<SlotName> {
  /** What takes the place of the new weight; left out, the weight stays as it is. */
  readonly weight?: Expression;
}

/** What a matrix rule gets: the adapter's tensors instead of symbols. */
export interface MatrixContext<SlotName extends string, ScalarName extends string, Tensor, NumberName extends string = never> {
  readonly parameter: Tensor;
  readonly info: ParameterInfo;
  readonly slots: { readonly [name in SlotName]: Tensor };
  readonly scalars: { readonly [name in ScalarName]: number };
  readonly numbers: { readonly [name in NumberName]: number };
}

export interface MatrixOutput<SlotName extends string, Tensor> {
  readonly update: Tensor;
  readonly slots?: { readonly [name in SlotName]?: Tensor };
}

/** What a rule that needs the loss again may do within one step. Tensors made meanwhile are disposed of by the adapter. */
export interface LossAccess<Tensor> {
  readonly parameters: readonly ParameterInfo[];
  /** The scalars and numbers of the rule. */
  readonly scalars: Readonly<Record<string, number>>;
  /** The loss and its gradients at the weights as they are now. */
  evaluate(): { readonly loss: number; readonly gradients: Readonly<Record<string, Tensor>> };
  weight(name: string): Tensor;
  /** A slot of the rule as the last step left it. */
  slot(parameter: string, name: string): Tensor;
  setWeight(name: string, value: Tensor): void;
  /** What the slot holds from now on: the kernel of this step sees it. Put back if the step does not go through. */
  setSlot(parameter: string, name: string, value: Tensor): void;
}

/** A slot that holds an average of the weights, which can take their place when the model is judged or kept. `path/slot` names it. */
export interface WeightAverage<SlotName extends string = string> {
  readonly slot: SlotName;
  /** What the slot is multiplied by after so many steps (at least 1): one that began as zeros is too small at first. @defaultValue 1 */
  factor?(steps: number): number;
  /** What the weight itself is multiplied by and added, where the average lies between it and the slot. @defaultValue 0 */
  ofWeight?(steps: number): number;
}

/** What becomes of steps with a gradient that is NaN or infinite: they change nothing and are not counted. */
export interface Skipping {
  /** So many in a row are skipped; one more is an error. @defaultValue any number */
  readonly maxConsecutive?: number;
}

/** Gradients that not every rule takes: all 0, around 1e30, around 1e-30. */
export type DemandingGradients = 'zero' | 'huge' | 'tiny';

/**
 * Small problems that a rule's tests put to it: a convex quadratic with a condition number of 1000, the Rosenbrock valley, a saddle, a noisy
 * linear regression, softmax regression on digits.
 */
export type SmallProblem = 'quadratic' | 'rosenbrock' | 'saddle' | 'noisyRegression' | 'digits';

/**
 * An update rule: data and pure functions of symbols. A rule has `update`, `weights`, `matrix`, `gradients` or several of
 * them; all that it declares becomes part of the one kernel that the chain is traced into (`matrix` splits it in two).
 */
export interface RuleDefinition<
  SlotName extends string = string,
  ScalarName extends string = string,
  Tensor = unknown,
  NumberName extends string = string,
> {
  /** The factory's name. */
  readonly name: string;
  /** The factory's options object, or its arguments as an array: JSON and other plugins. */
  readonly config: PluginConfig;
  /**
   * The state of each parameter; a function where it depends on the parameter's shape, or on all parameters that the rule acts on, which is its
   * second argument.
   */
  readonly slots?:
    | Readonly<Record<SlotName, Slot>>
    | ((info: ParameterInfo, parameters: readonly ParameterInfo[]) => Readonly<Record<SlotName, Slot>>);
  /** The numbers of its options, each of which may be a schedule. */
  readonly numbers?: Readonly<Record<NumberName, ScheduleLike>>;
  /**
   * The numbers of this step, computed once in float64 from the step and from `numbers` as they are at it. A changed number never compiles
   * anything again.
   */
  scalars?(info: StepInfo, numbers: Readonly<Record<NumberName, number>>): Readonly<Record<ScalarName, number>>;
  /** Turns the gradient, or what the rules before made of it, into an update. */
  update?(g: Expression, context: RuleContext<SlotName, ScalarName, NumberName>): Expression | UpdateOutput<SlotName>;
  /** In the place of `update` at the steps between those at which the part acts: see `everySteps`. @defaultValue the gradient passes */
  between?(g: Expression, context: RuleContext<SlotName, ScalarName, NumberName>): Expression | UpdateOutput<SlotName>;
  /** Acts on the new weight: constraints that must hold, averages, statistics. */
  weights?(next: Expression, context: RuleContext<SlotName, ScalarName, NumberName>): Expression | WeightsOutput<SlotName>;
  /** For what is not elementwise: the same as `update` with the adapter's tensors and its own operations. */
  matrix?(g: Tensor, context: MatrixContext<SlotName, ScalarName, Tensor, NumberName>): MatrixOutput<SlotName, Tensor>;
  /** For rules that evaluate the loss again (SAM, line searches): returns the gradients that the chain is fed with. */
  gradients?(access: LossAccess<Tensor>): Readonly<Record<string, Tensor>>;
  /** The slots that hold averages of the weights, for whoever swaps them in. @defaultValue none */
  readonly averages?: readonly WeightAverage<SlotName>[];
  /** The parameters stay as they are to the bit, whatever else is in the chain, and no rule keeps slots of them. @defaultValue false */
  readonly freezes?: boolean;
  /** The gradients of the parameters are looked at before anything is stored. @defaultValue the optimizer's option `nonFinite` alone counts */
  readonly skipsNonFinite?: Skipping;
  /** Gradients after which the weights need not be finite; its tests leave them out. @defaultValue none */
  readonly cannotTake?: readonly DemandingGradients[];
  /**
   * Problems on which it does not come near a minimum of the loss, whatever the learning rate; its tests leave them out. `'any'`: what holds
   * the weights somewhere else (a penalty, a constraint), or still. @defaultValue none
   */
  readonly cannotSolve?: readonly SmallProblem[] | 'any';
  /** A chain whose masks leave the rule no parameter is refused: a penalty of nothing is a mistake. @defaultValue false */
  readonly mustAct?: boolean;
}

/** A rule's place in a chain. */
export interface TransformPart {
  /** Unlike that of any other part of the chain; slots and scalars are named `path/slot`. */
  readonly path: string;
  readonly rule: RuleDefinition;
  /** The part acts on a parameter only where all masks take it. */
  readonly masks: readonly Mask[];
  /** The part acts at each so-many-th step only, and counts those alone. @defaultValue 1 */
  readonly every?: number;
}

/**
 * A gradient transform: the parts of a chain, in the order in which the gradient passes them. The chain's result is
 * subtracted from the weight.
 */
export interface Transform extends Plugin<'transform'> {
  readonly parts: readonly TransformPart[];
}

/** Where two rules of a chain have one name, the later gets a number. */
function uniquePaths(parts: readonly TransformPart[]): readonly TransformPart[] {
  const seen = new Set<string>();
  return parts.map((part) => {
    const { name } = part.rule;
    let path = name;
    for (let n = 2; seen.has(path); n++) path = `${name}.${n}`;
    seen.add(path);
    return Object.freeze({ ...part, path });
  });
}

export function makeTransform(name: string, config: PluginConfig, parts: readonly TransformPart[]): Transform {
  return Object.freeze({
    kind: 'transform',
    name,
    config,
    parts: Object.freeze(uniquePaths(parts)),
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Transform);
}

/**
 * Makes a transform out of one rule.
 *
 * @example
 * const halve = () => transform({ name: 'halve', config: {}, update: (g) => mul(g, 0.5) });
 * halve().name; // 'halve'
 * halve().parts.length; // 1
 */
export function transform<
  SlotName extends string = never,
  ScalarName extends string = never,
  Tensor = unknown,
  NumberName extends string = never,
>(rule: RuleDefinition<SlotName, ScalarName, Tensor, NumberName>): Transform {
  return makeTransform(rule.name, rule.config, [{ path: rule.name, rule, masks: [] }]);
}

export function isTransform(value: unknown): value is Transform {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'transform' && 'parts' in value;
}
