import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Transform } from '@downhill/core';
import paths from '../../test/lbfgs-paths.json' with { type: 'json' };
import { beale, himmelblau, logisticRidge, rosenbrock, type Surface } from '../../test/surfaces.ts';
import { bfgs } from './bfgs.ts';
import { lbfgs } from './lbfgs.ts';
import { newton } from './newton.ts';
import '@tensorflow/tfjs-backend-cpu';

/** A surface as a loss of one variable, in float32. */
function lossOn(surface: Surface, w: tf.Variable, look: (loss: number) => void): () => tf.Scalar {
  const loss = tf.customGrad((x) => {
    const seen = surface([...(x as tf.Tensor).dataSync()]);
    look(seen.loss);
    return { value: tf.scalar(seen.loss), gradFunc: () => tf.tensor1d([...seen.gradient]) };
  });
  return () => loss(w) as tf.Scalar;
}

/** Evaluations of the loss until one is below `target`: all of them, the differences for a Hessian too. */
export function evaluationsTo(target: number, rule: Transform, surface: Surface, from: readonly number[], most = 400): number {
  const w = tf.tidy(() => tf.variable(tf.tensor1d([...from]), true, 'w'));
  const ours = optimizer(rule);
  let [evaluations, reached] = [0, Infinity];
  const loss = lossOn(surface, w, (value) => {
    evaluations += 1;
    if (value < target) reached = Math.min(reached, evaluations);
  });
  try {
    while (evaluations < most && reached === Infinity) ours.minimize(loss, false, [w]);
    // The last point is the step's result and no mere trial of a line search.
    expect(surface([...w.dataSync()]).loss).toBeLessThan(target);
    return reached;
  } finally {
    ours.dispose();
    w.dispose();
  }
}

const rules: readonly (readonly [string, () => Transform])[] = [
  ['newton', () => newton()],
  ['bfgs', () => bfgs()],
  ['lbfgs', () => lbfgs()],
];

const surfaces: readonly (readonly [string, Surface, readonly number[], number])[] = [
  ['Rosenbrock in 2 dimensions', rosenbrock, [-1.2, 1], 100],
  ['Rosenbrock in 10 dimensions', rosenbrock, [-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1], 200],
  ['Rosenbrock in 10 dimensions from 0', rosenbrock, Array.from({ length: 10 }, () => 0), 200],
  ['Beale', beale, [1, 1], 100],
  ['Beale from 0', beale, [0, 0], 100],
  ['Himmelblau', himmelblau, [0, 0], 100],
  ['Himmelblau from afar', himmelblau, [-4, -4], 100],
];

describe.each(rules)('%s', (_, rule) => {
  beforeAll(() => tf.setBackend('cpu').then(() => undefined));

  test.each(surfaces)('comes below 1e-6 on %s', (name, surface, from, most) => {
    const n = evaluationsTo(1e-6, rule(), surface, from);
    console.log(_, name, n);
    expect(n).toBeLessThanOrEqual(most);
  });
  test('logistic', () => {
    const { definition, scipy, x0 } = paths.problems[2]!;
    const { X, y, l2 } = definition;
    console.log(_, 'logistic', evaluationsTo(0.5614544077 + 1e-5, rule(), logisticRidge({ X: X!, y: y!, l2: l2! }), x0), JSON.stringify(scipy));
  });
});
