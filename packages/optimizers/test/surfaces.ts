import type { Transform } from '@downhill/core';
import { optimizer, type DownhillOptimizer, type OptimizerOptions } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { Look, Point } from '../src/second-order/point.ts';

/** A loss and its gradient in float64. */
export type Surface = (x: readonly number[]) => { readonly loss: number; readonly gradient: readonly number[] };

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² */
export const rosenbrock: Surface = (x) => {
  let loss = 0;
  const gradient = x.map(() => 0);
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i]!, x[i + 1]!];
    const off = b - a * a;
    loss += 100 * off * off + (1 - a) * (1 - a);
    gradient[i]! += -400 * a * off - 2 * (1 - a);
    gradient[i + 1]! += 200 * off;
  }
  return { loss, gradient };
};

/** (1.5 − x + x y)² + (2.25 − x + x y²)² + (2.625 − x + x y³)² */
export const beale: Surface = ([x = 0, y = 0]) => {
  const rest = [1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y * y * y] as const;
  const [a, b, c] = rest;
  return {
    loss: a * a + b * b + c * c,
    gradient: [2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1)), 2 * x * (a + 2 * b * y + 3 * c * y * y)],
  };
};

/** (x² + y − 11)² + (x + y² − 7)² */
export const himmelblau: Surface = ([x = 0, y = 0]) => {
  const [a, b] = [x * x + y - 11, x + y * y - 7];
  return { loss: a * a + b * b, gradient: [4 * x * a + 2 * b, 2 * a + 4 * y * b] };
};

/** mean(softplus(z) − y z) + ½ l2 ‖w‖², z = X w */
export const logisticRidge =
  ({ X, y, l2 }: { readonly X: readonly (readonly number[])[]; readonly y: readonly number[]; readonly l2: number }): Surface =>
  (w) => {
    const gradient = w.map((each) => l2 * each);
    let loss = (l2 / 2) * w.reduce((sum, each) => sum + each * each, 0);
    X.forEach((row, k) => {
      const z = row.reduce((sum, value, i) => sum + value * w[i]!, 0);
      loss += (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[k]! * z) / X.length;
      row.forEach((value, i) => (gradient[i]! += ((1 / (1 + Math.exp(-z)) - y[k]!) * value) / X.length));
    });
    return { loss, gradient };
  };

/** A surface as descents see it, with a count of looks. */
export function counted(surface: Surface): { readonly look: Look; readonly looks: () => number } {
  let looks = 0;
  return {
    looks: () => looks,
    look(x): Point {
      looks += 1;
      const { loss, gradient } = surface([...x]);
      return { x, loss, gradient: Float64Array.from(gradient) };
    },
  };
}

/** A descent on a surface, in float32, of one variable or of several that it is cut into. */
export interface SurfaceWalk {
  step(): void;
  /** Every loss that was evaluated. */
  readonly losses: readonly number[];
  readonly weights: () => readonly number[];
  readonly optimizer: DownhillOptimizer;
}

/** @param cut How many numbers each variable holds. */
export function onSurface<T>(
  rule: Transform,
  surface: Surface,
  from: readonly number[],
  body: (walk: SurfaceWalk) => T,
  { cut = [from.length], options = {} }: { readonly cut?: readonly number[]; readonly options?: OptimizerOptions } = {},
): T {
  let to = 0;
  const variables = cut.map((size, i) => tf.tidy(() => tf.variable(tf.tensor1d(from.slice(to, (to += size))), true, `x${i}`)));
  const ours = optimizer(rule, options);
  const losses: number[] = [];
  const weights = (): number[] => variables.flatMap((each) => [...each.dataSync()]);
  const loss = tf.customGrad((...parts) => {
    const seen = surface((parts as unknown as tf.Tensor[]).slice(0, cut.length).flatMap((part) => [...part.dataSync()]));
    losses.push(seen.loss);
    const ends = cut.map((_, i) => cut.slice(0, i + 1).reduce((sum, size) => sum + size, 0));
    return {
      value: tf.scalar(seen.loss),
      gradFunc: () => ends.map((end, i) => tf.tensor1d([...seen.gradient.slice(end - cut[i]!, end)])),
    };
  });
  try {
    return body({
      step: () => void ours.minimize(() => loss(...variables) as tf.Scalar, false, variables),
      losses,
      weights,
      optimizer: ours,
    });
  } finally {
    ours.dispose();
    tf.dispose(variables);
  }
}
