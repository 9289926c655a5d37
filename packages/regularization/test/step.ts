import { chain, mul, transform, zeros, type Transform } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // brings the gradients of tfjs-core's operations

/** Where a step runs: fused kernels, and tfjs's own operations as on every other backend. */
export const places = [
  { backend: 'cpu', execution: 'fused' },
  { backend: 'wasm', execution: 'fused' },
  { backend: 'cpu', execution: 'ops' },
] as const;
export type Place = (typeof places)[number];

/** Keeps what the chain made of the gradient, and moves nothing. */
const capture = transform({
  name: 'capture',
  config: {},
  slots: { gradient: zeros },
  update: (g) => ({ update: mul(g, 0), slots: { gradient: g } }),
});

export interface Step {
  /** What the transform makes of a gradient of zeros. */
  readonly gradient: readonly number[];
  readonly weight: readonly number[];
  readonly statistics: Readonly<Record<string, number>>;
}

/** A step of one weight with a gradient of zeros: all that happens is the transform's doing. */
export async function step(made: Transform, weight: tf.TensorLike, { backend, execution }: Place = places[0]): Promise<Step> {
  await tf.setBackend(backend);
  const variable = tf.tidy(() => tf.variable(tf.tensor(weight, undefined, 'float32'), true, 'fc/kernel'));
  const given = optimizer(chain(made, capture), { execution });
  try {
    tf.tidy(() => given.applyGradients({ 'fc/kernel': tf.zerosLike(variable) }));
    const { 'capture/gradient': gradient, ...others } = given.state(variable);
    const result = {
      gradient: [...(gradient?.dataSync() ?? [])],
      weight: [...variable.dataSync()],
      statistics: (await given.statistics())['fc/kernel'] ?? {},
    };
    tf.dispose([gradient, ...Object.values(others)]);
    return result;
  } finally {
    given.dispose();
    variable.dispose();
  }
}

/** Numbers of either sign, away from 0, where penalties have corners. */
export const numbers = (size: number): number[] =>
  Array.from({ length: size }, (_, i) => ((((i * 37) % 19) + 1) / 8) * (i % 3 === 0 ? -1 : 1));
