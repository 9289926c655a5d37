import { norm, type Expression, type LossAccess, type UpdateOutput } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Curvature } from './curvature.ts';
import { descend, type Descent } from './descend.ts';
import { landscapeOf, type Landscape } from './landscape.ts';
import { descentOptions } from './options.ts';
import { isFinitePoint } from './point.ts';

/** What a step of a method knows before it, and keeps after it. */
export interface Memory<Knowledge extends Curvature> {
  recall(landscape: Landscape): Knowledge;
  keep(knowledge: Knowledge, descent: Descent): void;
}

/**
 * One step: a descent from the weights as they are, handed on as what is to be subtracted from them. Where the first gradients are NaN or infinite it
 * hands on NaN for these weights, so that the optimizer reports them, skips the step or throws; where only the loss is, it stays.
 */
export function descentStep<Knowledge extends Curvature>(
  access: LossAccess<Tensor>,
  limits: Parameters<typeof descentOptions>[1],
  { recall, keep }: Memory<Knowledge>,
): Record<string, Tensor> {
  const landscape = landscapeOf(access);
  const { look, start, updateTo } = landscape;
  if (!isFinitePoint(start)) return updateTo(start.x.map((value, i) => (Number.isFinite(start.gradient[i]) ? value : Number.NaN)));
  const knowledge = recall(landscape);
  const descent = descend(look, start, knowledge, descentOptions(access.scalars, limits));
  keep(knowledge, descent);
  return updateTo(descent.end);
}

/** The chain subtracts what the descent handed on; `stepLength`, over all weights, is 0 where it stayed. */
export const asItIs = (g: Expression): UpdateOutput<never> => ({ update: g, statistics: { stepLength: norm(g, { over: 'all' }) } });
