import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { randomStream, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { optimizer, type DownhillOptimizer, type OptimizerOptions } from '../src/optimizer.ts';

export type BackendName = 'cpu' | 'wasm';
export type Way = readonly [backend: BackendName, execution: 'fused' | 'ops'];

export const WAYS: readonly Way[] = [
  ['cpu', 'fused'],
  ['wasm', 'fused'],
  ['cpu', 'ops'],
  ['wasm', 'ops'],
];

export async function useBackend(name: BackendName): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend(name);
}

export const variableOf = (values: readonly number[] | Float32Array, shape: readonly number[], name?: string): tf.Variable =>
  tf.tidy(() => tf.variable(tf.tensor(Float32Array.from(values), [...shape]), true, name));

/** Gives gradients by variable, as numbers, and disposes of their tensors. */
export function stepWith(given: DownhillOptimizer, gradients: readonly (readonly [tf.Variable, ArrayLike<number>])[]): void {
  const tensors = gradients.map(([{ name, shape }, values]) => ({ name, tensor: tf.tensor(Float32Array.from(values), shape) }));
  try {
    given.applyGradients(tensors);
  } finally {
    tf.dispose(tensors.map(({ tensor }) => tensor));
  }
}

export interface Trained {
  /** Values of the weights and slots, by name. */
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly statistics: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Tensors that are left after everything was disposed of. */
  readonly leaked: number;
}

const noise = (length: number, key: number): Float32Array => {
  const stream = randomStream([key, 1]);
  return Float32Array.from({ length }, (_, i) => stream.normalAt(i));
};

async function measure(given: DownhillOptimizer, variables: readonly tf.Variable[]): Promise<Omit<Trained, 'leaked'>> {
  for (let step = 0; step < 3; step++)
    stepWith(
      given,
      variables.map((variable, i) => [variable, noise(variable.size, 1000 * step + i)]),
    );
  const values: Record<string, Float32Array> = {};
  for (const variable of variables) {
    values[variable.name] = variable.dataSync<'float32'>().slice();
    const state = given.state(variable);
    for (const [key, tensor] of Object.entries(state)) values[`${variable.name}/${key}`] = tensor.dataSync<'float32'>().slice();
    tf.dispose(state);
  }
  return { values, statistics: await given.statistics() };
}

/** Trains parameters of some shapes for three steps with fixed gradients. */
export async function train(
  rule: Transform,
  shapes: readonly (readonly number[])[],
  [backend, execution]: Way,
  options: OptimizerOptions = {},
): Promise<Trained> {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const variables = shapes.map((shape, i) => variableOf(noise(tf.util.sizeFromShape([...shape]), 100 + i), shape, `p${i}`));
  const given = optimizer(rule, { ...options, execution });
  const measured = await measure(given, variables).finally(() => {
    given.dispose();
    tf.dispose(variables);
  });
  return { ...measured, leaked: tf.memory().numTensors - before };
}
