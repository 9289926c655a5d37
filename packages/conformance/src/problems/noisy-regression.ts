import { randomStream, streamKey } from '@downhill/core';
import { shapes as usualShapes } from '../trial.ts';
import { COUNT, flat, folded, uniform, type Problem } from './problem.ts';

/** ½ (x · w − y)² over 512 examples with y = x · w* + ½ ε; each step sees 32 of them. */
export function noisyRegression(): Problem {
  const [examples, batch] = [512, 32];
  const numbers = randomStream(streamKey(11, 'conformance', 'regression'));
  const truthAt = uniform('truth');
  const truth = Float64Array.from({ length: COUNT }, (_, i) => truthAt(i));
  const rows = Array.from({ length: examples }, (_, row) => {
    const x = Float64Array.from({ length: COUNT }, (_, i) => numbers.normalAt(row * COUNT + i));
    return { x, y: product(x, truth) + 0.5 * numbers.normalAt(examples * COUNT + row) };
  });
  const mean = (w: Float64Array, of: typeof rows): number =>
    of.reduce((sum, { x, y }) => sum + (product(x, w) - y) ** 2 / 2, 0) / of.length;
  const least = mean(truth, rows);
  return {
    title: 'fits a noisy regression',
    steps: 300,
    share: 0.05,
    shapes: usualShapes,
    start: folded(truth.map((value) => value + (value < 0 ? 2 : -2))),
    evaluate(weights, step) {
      const w = flat(weights);
      const from = (step * batch) % examples;
      const seen = rows.slice(from, from + batch);
      const gradient = new Float64Array(COUNT);
      for (const { x, y } of seen) {
        const error = (product(x, w) - y) / batch;
        x.forEach((value, i) => (gradient[i] = (gradient[i] ?? 0) + error * value));
      }
      return { loss: mean(w, seen), gradients: folded(gradient) };
    },
    excess: (weights) => Math.max(mean(flat(weights), rows) - least, 0),
  };
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
