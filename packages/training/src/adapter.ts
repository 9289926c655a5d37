import { isTransform, type Transform } from '@downhill/core';
import type { Optimizer, Variable } from '@tensorflow/tfjs-core';

// What the optimizers of @downhill/tfjs have beyond tfjs's own, looked for by shape: a user may bring either.

/** The transform that an optimizer runs. */
export function transformOf(optimizer: Optimizer): Transform | undefined {
  const { transform } = optimizer as { readonly transform?: unknown };
  return isTransform(transform) ? transform : undefined;
}

/** Whether a rule of the optimizer evaluates the loss several times a step, and so must be handed the loss itself. */
export function ownsLoss(optimizer: Optimizer): boolean {
  return transformOf(optimizer)?.parts.some(({ rule }) => rule.gradients !== undefined) ?? false;
}

/** The numbers of the last step, such as `learningRate`. */
export function scalarsOf(optimizer: Optimizer): Readonly<Record<string, number>> {
  return { ...(optimizer as { readonly scalars?: Readonly<Record<string, number>> }).scalars };
}

/** Has the step of these variables compiled before the first one waits for it, where the optimizer can. */
export function prepareStep(optimizer: Optimizer, variables: readonly Variable[]): void {
  (optimizer as { prepare?(variables: readonly Variable[]): void }).prepare?.(variables);
}

/** By variable and `rule/name`, as of the last step. */
export type OptimizerStatistics = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Reads the statistics of the last step; undefined for an optimizer that has none. */
export function statisticsOf(optimizer: Optimizer): (() => Promise<OptimizerStatistics>) | undefined {
  const { statistics } = optimizer as { readonly statistics?: () => Promise<OptimizerStatistics> };
  return typeof statistics === 'function' ? () => statistics.call(optimizer) : undefined;
}

/** Tells an optimizer that can spare them whether the statistics of the next step will be read. */
export function setReadsStatistics(optimizer: Optimizer, reads: boolean): void {
  if ('readsStatistics' in optimizer) optimizer.readsStatistics = reads;
}
