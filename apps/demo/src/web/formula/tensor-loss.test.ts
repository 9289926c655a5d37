import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SURFACES } from '../race/surfaces.ts';
import { numberLoss } from './number-loss.ts';
import { parseFormula } from './parse-formula.ts';
import { tensorLoss } from './tensor-loss.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const POINTS = [
  [0.7, -0.4],
  [-1.3, 0.9],
  [2.1, 1.6],
] as const;

const EVERY =
  'abs(x) + cos(y) + exp(x / 3) + log(y^2 + 1) + max(x, y) - min(x, 2 y) + pow(x^2 + 1, 1.5) + sin(x) + sqrt(x^2 + y^2) + tan(y / 3) + tanh(-x)';

describe('tensorLoss', () => {
  test.each([...SURFACES.map(({ formula }) => formula), EVERY])('is the same function as the one that is drawn: %s', (text) => {
    const formula = parseFormula(text);
    for (const [x, y] of POINTS) {
      const value = tf.tidy(() => tensorLoss(formula, tf.tensor1d([x, y])).dataSync()[0] ?? Number.NaN);
      const drawn = numberLoss(formula)(Math.fround(x), Math.fround(y));
      expect(Math.abs(value - drawn)).toBeLessThanOrEqual(2e-6 * (Math.abs(drawn) + 30)); // some thirty float32 roundings of terms up to 30
    }
  });

  test.each([...SURFACES.map(({ formula }) => formula), EVERY])('has the gradient that differences show: %s', (text) => {
    const formula = parseFormula(text);
    const loss = numberLoss(formula);
    const step = 1e-5;
    for (const [x, y] of POINTS) {
      const gradient = tf.tidy(() => [
        ...tf
          .grad((w) => tensorLoss(formula, w))(tf.tensor1d([x, y]))
          .dataSync(),
      ]);
      const differences = [loss(x + step, y) - loss(x - step, y), loss(x, y + step) - loss(x, y - step)].map(
        (change) => change / (2 * step),
      );
      for (const [i, slope] of differences.entries()) expect(gradient[i]).toBeCloseTo(slope, 2);
    }
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => tensorLoss(parseFormula('x^2 + sin(y)'), tf.tensor1d([1, 2])).dataSync());
    expect(tf.memory().numTensors).toBe(before);
  });
});
