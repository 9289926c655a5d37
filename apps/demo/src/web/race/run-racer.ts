import { randomStream, streamKey, type Transform } from '@downhill/core';
import { optimizer, type DownhillOptimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { Formula } from '../formula/formula.ts';
import { numberLoss } from '../formula/number-loss.ts';
import { tensorLoss } from '../formula/tensor-loss.ts';
import type { Point } from './surfaces.ts';
import type { Ended, Trace } from './trace.ts';

/** One optimizer on one surface. */
export interface RacerRun {
  readonly formula: Formula;
  readonly transform: Transform;
  readonly start: Point;
  /** Whole, at least 1. */
  readonly steps: number;
  /** The standard deviation of what is added to both parts of each gradient. */
  readonly noise: number;
  /** Decides the noise; all racers of a race are told the same. */
  readonly seed: number;
}

/**
 * Runs an optimizer on a surface, a step at each turn of the generator: the real `minimize` of a real variable `[x, y]`.
 *
 * A minibatch's noise is a tilt of the surface, new at each step: loss + σ (ξ₁ x + ξ₂ y) has the gradient g + σ ξ wherever a
 * rule looks at it within that step.
 */
export function* runRacer(run: RacerRun): Generator<void, Trace> {
  const { formula, start, steps, noise, seed, transform } = run;
  const height = numberLoss(formula);
  const tilts = randomStream(streamKey(seed, 'race'));
  const points = [start[0], start[1]].map(Math.fround);
  const losses = [height(points[0] ?? 0, points[1] ?? 0)];
  const gradients: number[] = [];
  const velocities: number[] = [];
  const rates: number[] = [];
  const weights = tf.tidy(() => tf.variable(tf.tensor1d(points)));
  const rule = optimizer(transform);
  let ended: Ended = { kind: 'finished' };
  try {
    for (let step = 0; step < steps; step += 1) {
      const tilt = [noise * tilts.normalAt(2 * step), noise * tilts.normalAt(2 * step + 1)];
      const loss = (): tf.Scalar => {
        const value = tensorLoss(formula, weights);
        return noise === 0 ? value : tf.add(value, tf.sum(tf.mul(weights, tilt)));
      };
      gradients.push(...gradientAt(loss, weights));
      rule.minimize(loss, false, [weights]);
      velocities.push(...velocityOf(rule, weights));
      rates.push(rule.scalars['learningRate'] ?? Number.NaN);
      const [x = Number.NaN, y = Number.NaN] = weights.dataSync();
      points.push(x, y);
      losses.push(height(x, y));
      if (![x, y, losses.at(-1)].every(Number.isFinite)) {
        ended = { kind: 'diverged', step: step + 1 };
        break;
      }
      yield;
    }
    gradients.push(...gradientAt(() => tensorLoss(formula, weights), weights));
  } catch (error) {
    ended = { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
  } finally {
    weights.dispose();
    rule.dispose();
  }
  return {
    ended,
    points: Float32Array.from(points),
    losses: Float64Array.from(losses),
    gradients: Float32Array.from(gradients),
    velocities: Float32Array.from(velocities),
    rates: Float32Array.from(rates),
  };
}

const gradientAt = (loss: () => tf.Scalar, weights: tf.Variable): Float32Array =>
  tf.tidy(() => tf.variableGrads(loss, [weights]).grads[weights.name]?.dataSync<'float32'>() ?? Float32Array.of(Number.NaN, Number.NaN));

/** Slots in which rules keep where they are going. */
const VELOCITIES = /(?:^|\/)(?:velocity|m)$/;

function velocityOf(rule: DownhillOptimizer, weights: tf.Variable): Float32Array {
  return tf.tidy(() => {
    const slots = Object.entries(rule.state(weights));
    const found = slots.find(([name, { shape }]) => VELOCITIES.test(name) && shape.length === 1 && shape[0] === 2);
    return found?.[1].dataSync<'float32'>() ?? Float32Array.of(Number.NaN, Number.NaN);
  });
}
