import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hessianEigenvalues, hessianTrace, hessianVectorProduct, powerIteration, type LossOfWeights } from '../index.ts';

// L = ½ wᵀ A w with eigenvalues −6, 1, 4 and w in two tensors: a saddle
const A = [
  [1, 0, 0],
  [0, -1, 5],
  [0, 5, -1],
];
let made: tf.Variable[] = [];

const variable = (values: tf.TensorLike, shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.tensor(values, shape)));

function saddle(): LossOfWeights {
  const matrix = variable(A, [3, 3]);
  made = [variable([0.3], [1]), variable([[-1.2, 0.7]], [1, 2]), matrix];
  const weights = made.slice(0, 2).map((variable, i) => ({ key: `w${i}`, variable }));
  const loss = (): tf.Scalar =>
    tf.tidy(() => {
      const w = tf.concat([tf.reshape(made[0]!, [1, 1]), made[1]!], 1);
      return tf.mul(0.5, tf.sum(tf.mul(w, tf.matMul(w, matrix)))) as tf.Scalar;
    });
  return { kind: 'loss of weights', weights, loss };
}

/** Logistic regression, whose Hessian is Xᵀ diag(p (1 − p)) X / n. */
function logistic() {
  const rows = [[1, 2], [-1, 0.5], [0.3, -2], [2, 1]]; // prettier-ignore
  const at = [0.8, -0.6];
  made = [variable(at, [2, 1]), variable(rows, [4, 2])];
  const loss = (): tf.Scalar => tf.tidy(() => tf.mean(tf.softplus(tf.matMul(made[1]!, made[0]!))));
  const hessian = [0, 1].map((i) =>
    [0, 1].map((j) =>
      rows.reduce((sum, row) => {
        const p = 1 / (1 + Math.exp(-(row[0]! * at[0]! + row[1]! * at[1]!)));
        return sum + (p * (1 - p) * row[i]! * row[j]!) / rows.length;
      }, 0),
    ),
  );
  return { of: { kind: 'loss of weights', weights: [{ key: 'w', variable: made[0]! }], loss } satisfies LossOfWeights, hessian };
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  let before = 0;
  beforeEach(async () => {
    await tf.setBackend(backend);
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    tf.dispose(made);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a Hessian times a vector is exact to some 1e-6 for a quadratic', async () => {
    const { product, disagreement } = await hessianVectorProduct(saddle(), [1, -2, 3]);
    [1, 17, -13].forEach((value, i) => expect(Math.abs(product[i]! - value)).toBeLessThan(1e-4));
    expect(disagreement).toBeLessThan(1e-4);
  });

  test('and right to 1e-4 of its norm where the third derivative is not zero, whatever the length of the vector', async () => {
    const { of, hessian } = logistic();
    for (const length of [1e-6, 1, 1e6]) {
      const v = [2 * length, -length];
      const { product } = await hessianVectorProduct(of, v);
      const right = hessian.map((row) => row[0]! * v[0]! + row[1]! * v[1]!);
      const scale = Math.max(...right.map(Math.abs));
      right.forEach((value, i) => expect(Math.abs(product[i]! - value)).toBeLessThan(1e-4 * scale));
    }
  });

  test('the ends of the spectrum have their directions; the same seed gives the same bits', async () => {
    const of = saddle();
    const found = await hessianEigenvalues(of, { largest: 2, smallest: 1 });
    [4, 1].forEach((value, i) => expect(found.largest[i]!.eigenvalue).toBeCloseTo(value, 3));
    expect(found.smallest[0]!.eigenvalue).toBeCloseTo(-6, 3);
    [0, Math.SQRT1_2, Math.SQRT1_2].forEach((value, i) => expect(found.largest[0]!.eigenvector[i]).toBeCloseTo(value, 3));
    expect(await hessianEigenvalues(of, { largest: 2, smallest: 1 })).toEqual(found);
  });

  test('power iteration goes to the largest magnitude, negative as it is', async () => {
    const found = await powerIteration(saddle(), { tolerance: 1e-5 });
    expect(found.eigenvalue).toBeCloseTo(-6, 2);
    expect(found.rayleigh.at(-1)).toBe(found.eigenvalue);
  });

  test('the trace is within its standard error a few times over, and exact where A is diagonal', async () => {
    const { trace, standardError, estimates } = await hessianTrace(saddle(), { samples: 40, tolerance: 0 });
    expect(estimates).toHaveLength(40);
    expect(Math.abs(trace + 1)).toBeLessThan(4 * standardError); // off the diagonal is ±10
    expect(standardError).toBeGreaterThan(1);
  });

  test('the weights are the same bits afterwards, and also where the loss throws on the way', async () => {
    const of = saddle();
    const bits = (): number[][] => made.map((variable) => [...new Uint32Array(variable.dataSync().slice().buffer)]);
    const first = bits();
    await hessianVectorProduct(of, [1, 1, 1]);
    expect(bits()).toEqual(first);
    let calls = 0;
    const failing = { ...of, loss: () => (++calls === 3 ? tf.neg('no' as never) : of.loss()) as tf.Scalar };
    await expect(hessianVectorProduct(failing, [1, 1, 1])).rejects.toThrow();
    expect(bits()).toEqual(first);
  });

  test.each([
    [(of: LossOfWeights) => hessianVectorProduct(of, [1]), 'shape-mismatch', /one number per weight \(3\), got 1/],
    [(of: LossOfWeights) => hessianVectorProduct(of, [0, 0, 0]), 'invalid-argument', /not zero/],
    [(of: LossOfWeights) => powerIteration(of, { start: [1, 2] }), 'shape-mismatch', /got 2/],
    [(of: LossOfWeights) => hessianEigenvalues(of, { largest: 4 }), 'invalid-argument', /`largest` must be a whole number/],
    [(of: LossOfWeights) => hessianTrace(of, { samples: 0 }), 'invalid-argument', /`samples`/],
    [(of: LossOfWeights) => hessianTrace(of, { sample: 1 } as never), 'invalid-argument', /Did you mean `samples`/],
    [() => hessianTrace({} as never), 'invalid-argument', /lossOfWeights/],
    [
      (of: LossOfWeights) => hessianVectorProduct({ ...of, loss: () => tf.tidy(() => tf.mul(of.loss(), Number.NaN)) }, [1, 1, 1]),
      'non-finite',
      /NaN or infinite/,
    ],
  ])('bad input has an error of its own: %o', async (call, code, message) => {
    const of = saddle();
    await expect(call(of)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
