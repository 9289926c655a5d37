import { randomStream, streamKey } from '@downhill/core';
import { setDrawCounts } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { forward } from './layer-trial.ts';

/** Small against the inputs, large against the roundings of float32. */
const STEP = 2 ** -7;

/**
 * What is wrong with a model's gradient by its inputs and weights, in words: along random directions it must be the slope between two points, under
 * the same draws.
 */
export function gradientFault(model: LayersModel, given: readonly tf.Tensor[], training: boolean): string | undefined {
  const inputs = given.map((tensor) => tf.tidy(() => tf.variable(tf.clone(tensor))));
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const state = model.weights.map((weight) => ({ weight, value: weight.read().dataSync().slice() }));
  const moving = [...inputs, ...weights];
  const first = moving.map((variable) => variable.dataSync().slice() as Float32Array);
  const put = (variable: tf.Variable, values: Float32Array): void => tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  /** The loss, from the same state of layers each time. */
  const loss = (): tf.Scalar => {
    const y = forward(model, inputs, training);
    model.calculateLosses(); // a layer may hold what it adds to a loss until it is asked
    return tf.sum(tf.mul(y, noise(y.shape, 'weights of the outputs')));
  };
  const fresh = (): void => {
    for (const { weight, value } of state)
      if (!weights.includes(weight.read() as tf.Variable)) put(weight.read() as tf.Variable, value as Float32Array);
    setDrawCounts(model, {});
  };
  const lossAt = (step: number, directions: readonly Float32Array[]): number => {
    fresh();
    moving.forEach((variable, i) =>
      put(
        variable,
        (first[i] as Float32Array).map((value, j) => value + step * (directions[i]?.[j] ?? 0)),
      ),
    );
    return tf.tidy(() => loss().dataSync()[0] as number);
  };
  try {
    fresh();
    const gradients = tf.tidy(() => {
      const { grads } = tf.variableGrads(loss, moving);
      return moving.map(({ name }) => grads[name]?.dataSync().slice() as Float32Array);
    });
    for (let which = 0; which < moving.length; which += 1)
      for (const attempt of [0, 1]) {
        const directions = moving.map((variable, i) =>
          i === which
            ? (tf.tidy(() => noise(variable.shape, `direction ${attempt}`).dataSync().slice()) as Float32Array)
            : new Float32Array(variable.size),
        );
        const along = [...(gradients[which] as Float32Array)].map((g, j) => g * (directions[which]?.[j] ?? 0));
        const [ahead, behind] = [lossAt(STEP, directions), lossAt(-STEP, directions)];
        const slope = (ahead - behind) / (2 * STEP);
        const told = along.reduce((sum, value) => sum + value, 0);
        // Kinks on the way, and the roundings of two losses.
        const slack = 0.05 * Math.hypot(...along, slope / 4) + 1e-4 * (1 + Math.abs(ahead));
        if (!(Math.abs(slope - told) <= slack)) {
          const what = which < inputs.length ? `input ${which}` : `the weight '${moving[which]?.name}'`;
          return `the gradient by ${what} says ${told.toPrecision(4)} along a direction in which the output changes by ${slope.toPrecision(4)}`;
        }
      }
    return undefined;
  } finally {
    moving.forEach((variable, i) => put(variable, first[i] as Float32Array));
    fresh();
    tf.dispose(inputs);
  }
}

function noise(shape: readonly number[], stream: string): tf.Tensor {
  const { normalAt } = randomStream(streamKey(8, 'conformance', stream));
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, i) => normalAt(i)),
    [...shape],
  );
}
