import { batches, type ArrayData, type Loss } from '@downhill/training';
import { add, avgPool, gather, mean, mul, softplus, square, sub, sum, tensor4d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Problem } from '../problem.ts';
import { tuningSeeds } from '../tune.ts';
import { digits } from './digits.ts';

const [SIDE, HALF] = [28, 14];
const DIGITS = [3, 8];
const PICTURES = 1000;

/** λ: without it, the larger the weights the lower the loss, and a step cannot be too long. */
const PENALTY = 0.01;

/** −log of the chance that the right digit is given, and a penalty: softplus(z) − y z + λ/2 |w|². */
const penalized =
  (layer: layers.Layer): Loss =>
  (ys, z) =>
    tidy(() => add(mean(sub(softplus(z), mul(ys, z)), -1), mul(PENALTY / 2, sum(square(kernelOf(layer))))));

function kernelOf({ trainableWeights: [kernel] }: layers.Layer): Tensor {
  if (kernel === undefined) throw new Error('the layer has no kernel yet');
  return kernel.read();
}

/** The pictures of two digits, at half their width and height. */
async function twoDigits(): Promise<ArrayData> {
  const { xs, ys } = await digits(PICTURES);
  const rows = [...ys.values.keys()].filter((row) => DIGITS.includes(ys.values[row] ?? -1));
  const values = tidy(() => {
    const whole = tensor4d(Float32Array.from(xs.values), [PICTURES, SIDE, SIDE, 1]);
    return gather(avgPool(whole, 2, 2, 'valid'), rows).dataSync<'float32'>();
  });
  return {
    xs: { values: Float32Array.from(values), shape: [HALF ** 2], scale: 1 / 255 },
    ys: { values: Float32Array.from(rows, (row) => Number(ys.values[row] === DIGITS[1])), shape: [1] },
  };
}

/** Tells two digits apart by their pixels alone: convex, and badly conditioned, as real pictures are. */
export const logisticRegression: Problem = {
  name: 'logistic-regression',
  title: 'logistic regression',
  summary: `the digits ${DIGITS.join(' and ')} among ${PICTURES} pictures of MNIST, at ${HALF} x ${HALF} pixels, all at once, with an L2 penalty of ${PENALTY}; the least loss is 0.1649`,
  target: 0.166,
  mostSteps: 1000,
  every: 1,
  whole: true,
  tunedOn: tuningSeeds(2),
  effort: 4,
  async start(seed) {
    const data = await twoDigits();
    const all = batches(data, { batchSize: data.ys.values.length, shuffle: false });
    const logit = layers.dense({ name: 'logit', inputShape: [HALF ** 2], units: 1, kernelInitializer: 'glorotNormal' });
    const model = sequential({ layers: [logit] });
    return { model, loss: penalized(logit), batches: all, judged: all, seed, dispose: () => void model.dispose() };
  },
};
