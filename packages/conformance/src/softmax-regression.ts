import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { digitData, digitShapes, digitStart } from './problems/digit-softmax.ts';
import { PIXELS } from './problems/digits.ts';

/** Softmax regression as one layer, whose parameters have the names that masks of a transform under test fit. */
class SoftmaxRegression extends layers.Layer {
  static get className(): string {
    return 'ConformanceSoftmaxRegression';
  }
  #weights: readonly { read(): tf.Tensor }[] = [];

  override build(): void {
    this.#weights = Object.entries(digitShapes).map(([name, shape]) => this.addWeight(name, [...shape], 'float32', initializers.zeros()));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [kernel, bias, filter, scale] = this.#weights.map((weight) => weight.read()) as [
        tf.Tensor2D,
        tf.Tensor1D,
        tf.Tensor4D,
        tf.Scalar,
      ];
      const half = PIXELS / 2;
      const [upper, lower] = tf.split([inputs].flat()[0] as tf.Tensor2D, [half, half], 1) as [tf.Tensor2D, tf.Tensor2D];
      const logits = tf.add(tf.matMul(upper, kernel), tf.matMul(lower, tf.reshape<tf.Rank.R2>(filter, [half, bias.shape[0]])));
      return tf.softmax(tf.add<tf.Tensor2D>(tf.mul(logits, scale), bias));
    });
  }

  override computeOutputShape(): [null, number] {
    return [null, 10];
  }
}

/** The model of the digits, from its first weights. */
export function digitModel(): LayersModel {
  tf.serialization.registerClass(SoftmaxRegression);
  const model = sequential({ layers: [new SoftmaxRegression({ name: 'conformance', inputShape: [PIXELS] })] });
  const start = digitStart();
  tf.tidy(() => model.setWeights(Object.entries(digitShapes).map(([name, shape]) => tf.tensor(start[name] ?? [], [...shape]))));
  return model;
}

/** The digits and their classes as tensors, which the caller disposes of. */
export function digitTensors(): readonly [tf.Tensor2D, tf.Tensor2D] {
  const { images, labels } = digitData();
  return [
    tf.tensor2d(images, [labels.length, PIXELS]),
    tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d([...labels], 'int32'), 10), 'float32') as tf.Tensor2D),
  ];
}
