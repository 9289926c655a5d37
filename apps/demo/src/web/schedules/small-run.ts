import { randomStream, streamKey, type ScheduleLike, type Transform } from '@downhill/core';
import { cos, sin } from '@downhill/core/math';
import { sgd } from '@downhill/optimizers';
import { initialWeights, optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // tfjs-core alone knows no gradients

const POINTS = 256;
const HIDDEN = 16;
const BATCH = 8; // small, so that gradients are noisy and a rate that falls is worth something
const MOMENTUM = 0.9;
const SEED = 7;
const FLIPPED = 0.1; // of the labels: there is a floor that no rate gets below

interface Points {
  /** Two numbers each. */
  readonly places: Float32Array;
  /** 0 or 1 each. */
  readonly labels: Float32Array;
}

/** Two half moons that reach into one another, some of their labels wrong. */
export function moons(): Points {
  const [angles, spread, flips] = ['angle', 'spread', 'flip'].map((name) => randomStream(streamKey(SEED, 'moons', name)));
  const places: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < POINTS; i += 1) {
    const upper = i % 2 === 0;
    const angle = Math.PI * (angles?.uniformAt(i) ?? 0);
    const [x, y] = upper ? [cos(angle), sin(angle)] : [1 - cos(angle), 0.5 - sin(angle)];
    places.push(x + 0.15 * (spread?.normalAt(2 * i) ?? 0), y + 0.15 * (spread?.normalAt(2 * i + 1) ?? 0));
    labels.push(upper === (flips?.bernoulliAt(i, FLIPPED) ?? false) ? 1 : 0);
  }
  return { places: Float32Array.from(places), labels: Float32Array.from(labels) };
}

/** What the small run is trained with: plain steps with momentum, at a rate or under a schedule. */
export const momentumRule = (learningRate: ScheduleLike, weightDecay = 0): Transform =>
  sgd({ learningRate, momentum: MOMENTUM, weightDecay });

/**
 * Trains a small network on two half moons, a step at each turn of the generator.
 *
 * @returns The loss over all points before each step (or each `every`-th), and after the last.
 */
export function* smallRun(transform: Transform, steps: number, every = 1): Generator<void, readonly number[]> {
  const { places, labels } = moons();
  const picks = randomStream(streamKey(SEED, 'batches'));
  const rule = optimizer(transform);
  const { weights, all } = tf.tidy(() => ({
    weights: {
      hidden: tf.variable(initialWeights('glorotUniform', [2, HIDDEN], { seed: SEED, stream: 'hidden' })),
      hiddenBias: tf.variable(tf.zeros([HIDDEN])),
      output: tf.variable(initialWeights('glorotUniform', [HIDDEN, 1], { seed: SEED, stream: 'output' })),
      outputBias: tf.variable(tf.zeros([1])),
    },
    all: { x: tf.keep(tf.tensor2d(places, [POINTS, 2])), y: tf.keep(tf.tensor2d(labels, [POINTS, 1])) },
  }));
  const { hidden, hiddenBias, output, outputBias } = weights;
  const lossOf = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => {
    const units = tf.tanh(tf.add(tf.matMul(x, hidden), hiddenBias));
    return tf.losses.sigmoidCrossEntropy(y, tf.add(tf.matMul(units, output), outputBias));
  };
  const losses: number[] = [];
  const look = (): number => losses.push(tf.tidy(() => lossOf(all.x, all.y).dataSync()[0] ?? Number.NaN));
  try {
    for (let step = 0; step < steps; step += 1) {
      if (step % every === 0) look();
      const batch = Int32Array.from({ length: BATCH }, (_, i) => picks.integerBelow(step * BATCH + i, POINTS));
      tf.tidy(() => {
        const [x, y] = [tf.gather(all.x, tf.tensor1d(batch, 'int32')), tf.gather(all.y, tf.tensor1d(batch, 'int32'))];
        rule.minimize(() => lossOf(x, y), false, Object.values(weights));
      });
      yield;
    }
    look();
    return losses;
  } finally {
    rule.dispose();
    tf.dispose([weights, all]);
  }
}
