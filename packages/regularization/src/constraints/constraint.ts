import { checkMask, checkNumber, DownhillError, masked, named, show, transform } from '@downhill/core';
import type { Expression, Mask, ParameterInfo, PluginConfig, Transform } from '@downhill/core';
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { axisOf } from '../axes.ts';
import { checkWeight } from '../check-weight.ts';

/**
 * What must hold for a weight after every step.
 *
 * In a chain it takes the new weight of each parameter that its mask takes and puts the one that obeys in its place, in the
 * same kernel; its place in the chain matters only among constraints and averages, which act in the order given. Weights
 * that break it at the start obey after the first step.
 */
export interface Constraint extends Transform {
  /**
   * The weight that obeys, whatever the mask says.
   *
   * @throws DownhillError `invalid-argument` for anything but a float32 tensor, `shape-mismatch` where it has no such axis.
   */
  apply(weight: Tensor): Tensor;
}

export interface ConstraintDefinition {
  readonly name: string;
  readonly config: PluginConfig;
  readonly mask: Mask;
  /** The new weight in the language of core. */
  weights(w: Expression, info: ParameterInfo): Expression;
  /** The same for tensors. */
  apply(w: Tensor): Tensor;
}

/** @throws DownhillError `invalid-argument` where the mask is none. */
export function makeConstraint({ name, config, mask, weights, apply }: ConstraintDefinition): Constraint {
  checkMask(name, mask);
  const rule = transform({ name, config, mustAct: true, cannotSolve: 'any', weights: (next, { info }) => weights(next, info) });
  return Object.freeze({
    ...named(name, config, masked(rule, mask)),
    apply(weight: Tensor): Tensor {
      checkWeight(name, weight);
      return tidy(() => apply(weight));
    },
  });
}

/**
 * The axes over which a norm is taken, as in Keras: those that are summed over. `'incoming'` is all but the last: the norm of
 * what comes into each unit or filter, whatever the rank.
 */
export type NormAxis = number | readonly number[] | 'incoming';

/** @throws DownhillError `invalid-argument` */
export function checkAxis(source: string, axis: unknown): asserts axis is NormAxis {
  if (axis === 'incoming') return;
  const axes = Array.isArray(axis) ? Object.fromEntries(axis.map((each: unknown, i) => [`axis[${i}]`, each])) : { axis };
  const advice = "Pass 0, [0, 1, 2] or 'incoming'.";
  checkNumber(source, axes, { integer: true }, advice);
  const named = Object.values(axes);
  if (named.length === 0 || new Set(named).size < named.length)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`axis\` must name one axis or more, each once, got ${show(axis)}`,
      advice,
    });
}

/** @throws DownhillError `shape-mismatch` where a weight of this shape has no such axis. */
export function axesOf(source: string, axis: NormAxis, shape: readonly number[]): readonly number[] {
  if (axis === 'incoming') return shape.slice(0, -1).map((_, i) => i);
  const axes = (typeof axis === 'number' ? [axis] : axis).map((each) => axisOf(source, each, shape));
  return [...new Set(axes)]; // −1 and 1 may be the same
}
