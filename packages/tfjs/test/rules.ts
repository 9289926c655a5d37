import { add, mul, randomNormal, randomUniform, transform, zeros, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

export * from '../../core/test/rules.ts';

export const noisy = (): Transform =>
  transform({
    name: 'noisy',
    config: {},
    update: (g) => add(g, mul(randomNormal({ seed: 5 }), randomUniform({ seed: 5, stream: 'size' }))),
  });

/** Divides each matrix by its norm with the adapter's own operations. */
export const normalize = (): Transform =>
  transform<'seen', 'scale', Tensor>({
    name: 'normalize',
    config: {},
    slots: { seen: zeros },
    scalars: () => ({ scale: 0.5 }),
    matrix: (g, { slots, scalars }) => ({
      update: tf.mul(tf.div(g, tf.add(tf.norm(g), 1e-3)), scalars.scale),
      slots: { seen: tf.add(slots.seen, g) },
    }),
  });
