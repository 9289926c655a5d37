import type { LossAccess } from '@downhill/core';
import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Look, Point } from './point.ts';

/** The loss of a step as a function of all its weights in one row. */
export interface Landscape {
  readonly look: Look;
  /** What was seen at the weights as they are. */
  readonly start: Point;
  /** Those that the loss depends on, in order. */
  readonly parameters: readonly Stretch[];
  /** What the optimizer is to subtract so that the weights come to be `x`; other parameters pass it as they were seen. */
  updateTo(x: Float64Array): Record<string, Tensor>;
}

/** A parameter's place in the row. */
export interface Stretch {
  readonly name: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** All parameters behind one another. */
export function stretchesOf(parameters: LossAccess<Tensor>['parameters']): readonly Stretch[] {
  let to = 0;
  return parameters.map(({ name, shape }) => ({ name, shape, from: to, to: (to += sizeOf(shape)) }));
}

/**
 * Looks at the loss for the first time. Weights are float32, and the optimizer subtracts an update from them: every point that is looked at is one to which
 * some update leads, bit for bit, so that what was seen there holds after the step.
 */
export function landscapeOf(access: LossAccess<Tensor>): Landscape {
  const parameters = stretchesOf(access.parameters);
  const size = parameters.at(-1)?.to ?? 0;
  const inOneRow = (tensorOf: (name: string) => Tensor | undefined): Float64Array => {
    const row = new Float64Array(size);
    for (const { name, from } of parameters) row.set(tensorOf(name)?.dataSync() ?? [], from);
    return row;
  };
  const start = inOneRow(access.weight);
  const updates = (x: Float64Array): Float64Array => x.map((value, i) => Math.fround((start[i] ?? 0) - value));
  const part = (row: Float64Array, { shape, from, to }: Stretch): Tensor =>
    tensor(Float32Array.from(row.subarray(from, to)), [...shape], 'float32');

  const first = access.evaluate();
  const seen = (x: Float64Array, { loss, gradients }: typeof first): Point => ({ x, loss, gradient: inOneRow((name) => gradients[name]) });
  const own = new Set(parameters.map(({ name }) => name));
  return {
    start: seen(start, first),
    parameters: parameters.filter(({ name }) => name in first.gradients),
    look(x) {
      const update = updates(x);
      const reached = start.map((value, i) => Math.fround(value - (update[i] ?? 0)));
      let point: Point | undefined;
      // Of many looks only numbers stay. A gradient may be a tensor of the user's, which a tidy leaves alone.
      tidy(() => {
        for (const stretch of parameters) access.setWeight(stretch.name, part(reached, stretch));
        point = seen(reached, access.evaluate());
      });
      return point as unknown as Point;
    },
    updateTo(x) {
      const update = updates(x);
      const moved = parameters.filter(({ name }) => name in first.gradients).map((stretch) => [stretch.name, part(update, stretch)]);
      const others = Object.entries(first.gradients).filter(([name]) => !own.has(name));
      return Object.fromEntries([...moved, ...others]) as Record<string, Tensor>;
    },
  };
}
