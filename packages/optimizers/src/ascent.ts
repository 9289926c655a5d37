import type { LossAccess } from '@downhill/core';
import { add, div, divNoNan, mul, type Tensor } from '@tensorflow/tfjs-core';
import { largestOf, normOf } from './safe-norm.ts';

export type Gradients = Readonly<Record<string, Tensor>>;

/** The gradients at the weights, and where the loss is highest nearby: of the parameters that the rule acts on alone. */
export interface Ascent {
  readonly plain: Gradients;
  readonly perturbed: Gradients;
}

/**
 * Goes a length `rho` up the gradient, with one norm over all parameters, and takes the gradients there.
 *
 *     e = ρ g / (‖g‖ + ε)        adaptive: e = ρ w² g / (‖w g‖ + ε)
 *
 * Gradients and weights are divided by the largest of them first, so that squares and products neither overflow nor vanish.
 */
export function ascend({ parameters, scalars, evaluate, weight, setWeight }: LossAccess<Tensor>, adaptive: boolean): Ascent {
  const { rho = 0, epsilon = 0 } = scalars;
  const plain = evaluate().gradients;
  const moved = parameters.flatMap(({ name }) => {
    const g = plain[name];
    return g === undefined ? [] : [{ name, w: weight(name), g }];
  });
  const [ofGradients, ofWeights] = [largestOf(moved.map(({ g }) => g)), largestOf(moved.map(({ w }) => w))];
  const ways = moved.map(({ name, w, g }) => {
    const way = div(g, ofGradients);
    return { name, w, way: adaptive ? mul(div(w, ofWeights), way) : way };
  });
  const unit = adaptive ? div(div(epsilon, ofGradients), ofWeights) : div(epsilon, ofGradients);
  const rate = divNoNan(rho, add(normOf(ways.map(({ way }) => way)), unit));
  for (const { name, w, way } of ways) setWeight(name, add(w, mul(adaptive ? mul(w, way) : way, rate)));
  const there = evaluate().gradients;
  return { plain, perturbed: { ...plain, ...Object.fromEntries(moved.map(({ name, g }) => [name, there[name] ?? g])) } };
}
