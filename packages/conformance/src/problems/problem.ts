import { randomStream, streamKey } from '@downhill/core';
import { shapes as usualShapes, sizeOf, type Shapes, type Values } from '../trial.ts';

/** A loss to bring down. It is computed in float64, without tfjs, so that all rules meet the same numbers. */
export interface Problem {
  /** The title of its check. */
  readonly title: string;
  readonly shapes: Shapes;
  readonly start: Values;
  /** How many steps are taken. */
  readonly steps: number;
  /** The loss of the batch of a step, and its gradient. */
  evaluate(weights: Values, step: number): Evaluated;
  /** What is left of the loss: 0 at the minimum. */
  excess(weights: Values): number;
  /** Which share of the first excess may be left in the end. */
  readonly share: number;
}

export interface Evaluated {
  readonly loss: number;
  readonly gradients: Values;
}

const sizes = Object.entries(usualShapes).map(([name, shape]) => ({ name, size: sizeOf(shape) }));
/** How many numbers the usual parameters hold. */
export const COUNT: number = sizes.reduce((sum, { size }) => sum + size, 0);

/** The parameters as one list of numbers. */
export function flat(weights: Values): Float64Array {
  const all = new Float64Array(COUNT);
  let at = 0;
  for (const { name, size } of sizes) {
    all.set(weights[name] ?? [], at);
    at += size;
  }
  return all;
}

/** A list of numbers as the parameters. */
export function folded(numbers: ArrayLike<number>): Values {
  let at = 0;
  return Object.fromEntries(sizes.map(({ name, size }) => [name, Float32Array.from({ length: size }, () => numbers[at++] ?? 0)]));
}

/** A problem on the parameters as one list of numbers, that has no batches. */
export function onNumbers({
  lossOf,
  start,
  ...rest
}: Pick<Problem, 'title' | 'steps' | 'share'> & {
  /** The loss; its gradient is written where it is told. */
  readonly lossOf: (w: Float64Array, gradient: Float64Array) => number;
  readonly start: (i: number) => number;
}): Problem {
  const evaluate = (weights: Values): Evaluated => {
    const gradient = new Float64Array(COUNT);
    return { loss: lossOf(flat(weights), gradient), gradients: folded(gradient) };
  };
  return {
    ...rest,
    shapes: usualShapes,
    start: folded(Array.from({ length: COUNT }, (_, i) => start(i))),
    evaluate,
    excess: (weights) => evaluate(weights).loss,
  };
}

/** Numbers about 0, the same at each call. */
export const uniform = (stream: string): ((i: number) => number) => {
  const numbers = randomStream(streamKey(11, 'conformance', stream));
  return (i) => numbers.uniformAt(i) * 2 - 1;
};
