import type { Transform } from '@downhill/core';
import { optimizer, type DownhillOptimizer } from '@downhill/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // brings the gradients of tfjs-core's operations
import { expect } from 'vitest';

/** Numbers by parameter; nested arrays have a shape. */
export type Parameters = Readonly<Record<string, tf.TensorLike>>;

/** The weights after a step, flat. */
export type Weights = Readonly<Record<string, readonly number[]>>;

export const useCpu = (): Promise<void> => tf.setBackend('cpu').then(() => undefined);

/** Runs `body` with variables and an optimizer of them on the `cpu` backend. */
export async function training<T>(
  transform: Transform,
  from: Parameters,
  body: (ours: DownhillOptimizer, weights: () => Weights, variables: readonly tf.Variable[]) => T | Promise<T>,
): Promise<T> {
  await tf.setBackend('cpu');
  const variables = Object.entries(from).map(([name, values]) =>
    tf.tidy(() => tf.variable(tf.tensor(values, undefined, 'float32'), true, name)),
  );
  const ours = optimizer(transform);
  try {
    return await body(ours, () => Object.fromEntries(variables.map((w) => [w.name, [...w.dataSync()]])), variables);
  } finally {
    ours.dispose();
    tf.dispose([...variables]);
  }
}

export function applyTo(ours: DownhillOptimizer, gradients: Parameters): void {
  tf.tidy(() =>
    ours.applyGradients(Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, tf.tensor(g, undefined, 'float32')]))),
  );
}

/** The weights after each step with these gradients. */
export const walk = (transform: Transform, from: Parameters, gradients: readonly Parameters[]): Promise<readonly Weights[]> =>
  training(transform, from, (ours, weights) =>
    gradients.map((each) => {
      applyTo(ours, each);
      return weights();
    }),
  );

/** Where one weight is after each step with these gradients; float64 within a step, float32 between steps. */
export const walkOne = async (transform: Transform, w: number, gradients: readonly number[]): Promise<readonly number[]> =>
  (
    await walk(
      transform,
      { w: [w] },
      gradients.map((g) => ({ w: [g] })),
    )
  ).map((weights) => weights['w']?.[0] ?? Number.NaN);

/** Equal but for rounding: float32 has 24 bits, and a short sum loses few of them. */
export const about = (value: number): number => expect.closeTo(value, 6) as number;
