import { adam, adamw, chain, sgd, sgdw } from '@downhill/optimizers';
import { l2 } from '@downhill/regularization';
import { optimizer } from '@downhill/tfjs';
import type { Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

// Loshchilov & Hutter 2019 (arXiv:1711.05101): an L2 penalty and weight decay are one thing under SGD, and two under Adam.

beforeEach(() => useBackend('wasm'));

/** Two weights of 1 whose gradients sway between ±`swing` without a trend: what moves them in the long run is the decay alone. */
function weightsAfter(rule: Transform, swings: readonly [number, number], steps: number): readonly number[] {
  const weight = tf.tidy(() => tf.variable(tf.ones([1, 2]), true, 'fc/kernel'));
  const given = optimizer(rule);
  for (let step = 0; step < steps; step++)
    tf.tidy(() => given.applyGradients({ [weight.name]: tf.tensor2d([swings.map((swing) => (step % 2 === 0 ? swing : -swing))]) }));
  const after = [...weight.dataSync()];
  given.dispose();
  weight.dispose();
  return after;
}

const λ = 0.1;
const η = 0.001;
const steps = 1000;
/** The penalty ½ λ‖w‖², whose gradient is λ w. */
const penalty = l2(λ / 2);

describe('an L2 penalty and weight decay', () => {
  test('are the same under SGD', () => {
    const [quiet, loud] = [0.01, 1] as const;
    const withPenalty = weightsAfter(chain(penalty, sgd({ learningRate: η })), [quiet, loud], steps);
    const withDecay = weightsAfter(sgdw({ learningRate: η, weightDecay: λ }), [quiet, loud], steps);
    withPenalty.forEach((w, i) => expect(w).toBeCloseTo(withDecay[i]!, 5));
    expect(withPenalty[0]).toBeCloseTo((1 - η * λ) ** steps, 3); // 0.905
  });

  test('differ under Adam: decay takes the same share of every weight, the penalty spares those with large gradients', () => {
    const [quiet, loud] = [0.01, 1] as const;
    const share = (1 - η * λ) ** steps; // 0.905
    const decayed = weightsAfter(adamw({ learningRate: η, weightDecay: λ }), [quiet, loud], steps);
    for (const w of decayed) expect(w).toBeCloseTo(share, 2);

    const [ofQuiet, ofLoud] = weightsAfter(chain(penalty, adam({ learningRate: η })), [quiet, loud], steps);
    // √v is near the size of the whole gradient, so a weight moves by about η λ w / √(λ²w² + swing²) a step: by the share η λ
    // where the swing is 1, by almost η whatever λ is where it is small.
    expect(ofLoud).toBeCloseTo(share, 2);
    expect(ofQuiet).toBeLessThan(0.3); // 0.26
  });

  test('differ under Adam where there is no other gradient: the penalty moves by η a step, whatever λ is', () => {
    const first = (rule: Transform): number => 1 - weightsAfter(rule, [0, 0], 1)[0]!;
    for (const factor of [1e-4, 1e-2, 1]) expect(first(chain(l2(factor), adam({ learningRate: η })))).toBeCloseTo(η, 6);
    for (const weightDecay of [1e-4, 1e-2, 1]) expect(first(adamw({ learningRate: η, weightDecay }))).toBeCloseTo(η * weightDecay, 6);
  });
});
