import {
  add,
  checkMask,
  DownhillError,
  masked,
  named,
  show,
  transform,
  type Expression,
  type Mask,
  type PluginConfig,
  type Transform,
  type ParameterInfo,
  type RuleDefinition,
} from '@downhill/core';
import { customGrad, mul, type GradSaveFunc, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { checkWeight } from '../check-weight.ts';

/**
 * A term of the loss that depends on a weight alone.
 *
 * In a chain, before the rule that scales the gradient, it adds its derivative to the gradient of each weight that its mask
 * takes; the value is the statistic `penalty` of that weight (see `totalPenalty`). Whoever wants it in the loss itself uses
 * {@link Penalty.value} instead; both together count it twice.
 */
export interface Penalty extends Transform {
  /**
   * The penalty of one weight, whatever the mask says; exact gradients come with it, without any that tfjs registers.
   *
   * @throws DownhillError `invalid-argument` for anything but a float32 tensor, `shape-mismatch` where the penalty has no
   * meaning for its shape.
   */
  value(weight: Tensor): Scalar;
}

/** @throws DownhillError `invalid-argument` for what is no penalty. */
export function checkPenalty(source: string, penalty: unknown): asserts penalty is Penalty {
  if (typeof (penalty as Partial<Penalty> | undefined)?.value === 'function') return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`penalty\` must be a penalty, got ${show(penalty)}`,
    advice: 'l2(1e-4) makes one.',
  });
}

/** A penalty and its derivative, of symbols or of tensors. */
export interface ValueAndGradient<Value, Gradient> {
  readonly value: Value;
  readonly gradient: Gradient;
}

/** The same for tensors; each part is computed when it is asked for, from what both share. */
export type TensorPenalty = ValueAndGradient<() => Scalar, () => Tensor>;

export interface PenaltyDefinition {
  readonly name: string;
  readonly config: PluginConfig;
  readonly mask: Mask;
  /** How it enters the chain. */
  readonly rule: Pick<RuleDefinition<string, string, Tensor>, 'slots' | 'update' | 'matrix' | 'cannotTake'>;
  of(weight: Tensor): TensorPenalty;
}

/** @throws DownhillError `invalid-argument` where the mask is none. */
export function makePenalty({ name, config, mask, rule, of }: PenaltyDefinition): Penalty {
  checkMask(name, mask);
  const whole = named(
    name,
    config,
    masked(transform<string, string, Tensor>({ name, config, mustAct: true, cannotSolve: 'any', ...rule }), mask),
  );
  const value = customGrad((...inputs) => {
    const [weight, save] = inputs as [Tensor, GradSaveFunc];
    save([weight]);
    return { value: of(weight).value(), gradFunc: (dy: Tensor, [saved]: Tensor[]) => mul(dy, of(saved as Tensor).gradient()) };
  });
  return Object.freeze({
    ...whole,
    value(weight: Tensor): Scalar {
      checkWeight(name, weight);
      return value(weight);
    },
  });
}

/** The rule of a penalty in the language of core: its derivative joins the gradient in the same kernel, without a pass of its own. */
export const fused = (of: (w: Expression, info: ParameterInfo) => ValueAndGradient<Expression, Expression>): PenaltyDefinition['rule'] => ({
  update(g, { parameter, info }) {
    const { value, gradient } = of(parameter, info);
    return { update: add(g, gradient), statistics: { penalty: value } };
  },
});
