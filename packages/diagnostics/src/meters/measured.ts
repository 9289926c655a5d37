import { accepts, chain, isTransform, named, norm, transform, type Transform, type TransformPart } from '@downhill/core';
import type { Optimizer } from '@tensorflow/tfjs-core';
import type { NamedVariable, OptimizerStatistics } from '@downhill/training';
import type { TensorNorms } from './tensor-norms.ts';

const GRADIENT = 'measuredGradient';
const UPDATE = 'measuredUpdate';

const measuredGradient = (): Transform =>
  transform({
    name: GRADIENT,
    config: {},
    update: (g) => ({ update: g, statistics: { gradient: norm(g) } }),
  });

const measuredUpdate = (): Transform =>
  transform({
    name: UPDATE,
    config: {},
    update: (u, { parameter }) => ({ update: u, statistics: { update: norm(u), weight: norm(parameter) } }),
  });

/**
 * Has the optimizer's own kernel take the norms that meters ask for, on its way through gradients and weights: of the gradient as it
 * comes, of the update as it is taken from the weight (before constraints), of the weight before the step. Nothing changes but that:
 * the weights get the same bits. Without it, meters read gradients and weights once more.
 *
 * @example
 * const rule = measured(adamw({ learningRate: 1e-3 }));
 * rule.name; // 'measured'
 *
 * @throws DownhillError `invalid-argument` for anything but a transform.
 */
export function measured(inner: Transform): Transform {
  return named('measured', [inner], chain(measuredGradient(), inner, measuredUpdate()));
}

/** Whether the kernel of an optimizer takes the norms of all these variables. */
export function isMeasured(optimizer: Optimizer, variables: readonly NamedVariable[]): boolean {
  const { transform: inner } = optimizer as { readonly transform?: unknown };
  if (!isTransform(inner)) return false;
  const taken = (name: string, { variable }: NamedVariable): boolean =>
    inner.parts.some((part: TransformPart) => part.rule.name === name && part.masks.every((mask) => accepts(mask, variable)));
  return variables.every((variable) => taken(GRADIENT, variable) && taken(UPDATE, variable));
}

/** What the kernel found, by place. */
export function normsFromKernel(statistics: OptimizerStatistics, variables: readonly NamedVariable[]): ReadonlyMap<string, TensorNorms> {
  return new Map(
    variables.map(({ key, variable }) => {
      const found = Object.entries(statistics[variable.name] ?? {});
      const read = (rule: string, name: string): number =>
        found.find(([path]) => path.startsWith(rule) && path.endsWith(`/${name}`))?.[1] ?? Number.NaN;
      return [key, { gradient: read(GRADIENT, 'gradient'), update: read(UPDATE, 'update'), weight: read(UPDATE, 'weight') }];
    }),
  );
}
