import { adam } from '@downhill/optimizers';
import { initialWeights, optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // tfjs-core alone knows no gradients

const SIDE = 28;
const CLASSES = 10;
const SEED = 3;
const FILTERS = [8, 16] as const;
const BATCH = 50;
const STEPS = 60;
const HELD_BACK = 50;

/** Pictures of digits, 28 x 28, one byte a pixel, with what they are. */
export interface Digits {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** The picture of a digit that is shown: one of the last, which no network is trained on. */
export const shownPicture = (digits: Digits, digit: number): tf.Tensor4D => imageOf(digits, digits.labels.lastIndexOf(digit));

/** How a pass through the network may be changed on its way. */
export interface Change {
  /** What becomes of a layer's activations `[1, side, side, filters]`. */
  readonly activations?: (x: tf.Tensor4D, layer: number) => tf.Tensor4D;
  /** What becomes of a layer's filters `[side, side, inputs, filters]`. */
  readonly kernel?: (weights: tf.Tensor4D, layer: number) => tf.Tensor4D;
}

/** What a pass gives; the caller disposes of all. */
export interface Pass {
  /** After each of the two layers, as the next one sees them. */
  readonly activations: readonly tf.Tensor4D[];
  /** The chance of each digit. */
  readonly chances: tf.Tensor1D;
}

/** A small convnet: two layers of filters that were drawn and stay as they are, and a trained one that tells digits by them. */
export interface DigitsNet {
  readonly kernels: readonly tf.Tensor4D[];
  /** @param image [1, 28, 28, 1], fractions. */
  pass(image: tf.Tensor4D, change?: Change): Pass;
  dispose(): void;
}

/** A digit as the network takes it. */
export const imageOf = ({ images }: Digits, index: number): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from(images.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE), (level) => level / 255),
    [1, SIDE, SIDE, 1],
  );

/**
 * Trains the network's last layer on all digits but the last fifty, a step at each turn of the generator: filters as they are drawn tell
 * digits apart well enough, and the rest takes a second.
 */
export function* trainDigitsNet({ images, labels }: Digits): Generator<void, DigitsNet> {
  const initial = (shape: number[], stream: string): tf.Tensor => initialWeights('heNormal', shape, { seed: SEED, stream });
  const kernels = [
    initial([5, 5, 1, FILTERS[0]], 'first') as tf.Tensor4D,
    initial([3, 3, FILTERS[0], FILTERS[1]], 'second') as tf.Tensor4D,
  ];
  const layer = (x: tf.Tensor4D, i: number, { kernel = same, activations = same }: Change): tf.Tensor4D =>
    activations(tf.relu(tf.conv2d(x, kernel(kernels[i] as tf.Tensor4D, i), 2, 'same')), i);
  const flat = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [x.shape[0] ?? 1, -1]);

  const count = labels.length - HELD_BACK;
  const all = tf.tidy(() => {
    const x = tf.tensor4d(
      Float32Array.from(images.subarray(0, count * SIDE * SIDE), (level) => level / 255),
      [count, SIDE, SIDE, 1],
    );
    return { features: flat(layer(layer(x, 0, {}), 1, {})), answers: tf.oneHot(tf.tensor1d(labels.subarray(0, count), 'int32'), CLASSES) };
  });
  const features = all.features.shape[1];
  const weights = tf.tidy(() => ({ kernel: tf.variable(tf.zeros([features, CLASSES])), bias: tf.variable(tf.zeros([CLASSES])) }));
  const logits = (x: tf.Tensor2D): tf.Tensor2D => tf.add(tf.matMul(x, weights.kernel as tf.Tensor2D), weights.bias);
  const dispose = (): void => tf.dispose([kernels, weights]);
  const rule = optimizer(adam({ learningRate: 0.01 }));
  let trained = false;
  try {
    for (let step = 0; step < STEPS; step += 1) {
      const from = (step * BATCH) % (count - BATCH + 1);
      tf.tidy(() => {
        const [x, y] = [tf.slice(all.features, [from, 0], [BATCH, features]), tf.slice(all.answers, [from, 0], [BATCH, CLASSES])];
        rule.minimize(() => tf.losses.softmaxCrossEntropy(y, logits(x)), false, Object.values(weights));
      });
      yield;
    }
    trained = true;
  } finally {
    if (!trained) dispose(); // given up, or thrown
    rule.dispose();
    tf.dispose(all);
  }
  return {
    kernels,
    dispose,
    pass: (image, change = {}) =>
      tf.tidy(() => {
        const first = layer(image, 0, change);
        const second = layer(first, 1, change);
        return { activations: [first, second], chances: tf.reshape<tf.Rank.R1>(tf.softmax(logits(flat(second))), [CLASSES]) };
      }),
  };
}

const same = (x: tf.Tensor4D): tf.Tensor4D => x;
