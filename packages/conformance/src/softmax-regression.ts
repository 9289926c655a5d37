import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { digits, PIXELS } from './problems/digits.ts';
import { uniform } from './problems/problem.ts';
import { sizeOf } from './trial.ts';

const [CLASSES, ROWS] = [10, 14];
const HALF = ROWS / 2;

/** The usual names: the upper half of a digit's rows meets `kernel`, the lower half `filter`. Few weights, for rules whose state grows by their square. */
const shapes: Readonly<Record<string, readonly number[]>> = {
  kernel: [HALF, CLASSES],
  bias: [CLASSES],
  filter: [HALF, 1, 1, CLASSES],
  scale: [],
};

/** Softmax regression of the means of a digit's rows as one layer, whose parameters have the names that masks of a transform under test fit. */
class SoftmaxRegression extends layers.Layer {
  static get className(): string {
    return 'ConformanceSoftmaxRegression';
  }
  #weights: readonly { read(): tf.Tensor }[] = [];

  override build(): void {
    this.#weights = Object.entries(shapes).map(([name, shape]) => this.addWeight(name, [...shape], 'float32', initializers.zeros()));
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
      const [upper, lower] = tf.split([inputs].flat()[0] as tf.Tensor2D, [HALF, HALF], 1) as [tf.Tensor2D, tf.Tensor2D];
      const logits = tf.add(tf.matMul(upper, kernel), tf.matMul(lower, tf.reshape<tf.Rank.R2>(filter, [HALF, CLASSES])));
      return tf.softmax(tf.add<tf.Tensor2D>(tf.mul(logits, scale), bias));
    });
  }

  override computeOutputShape(): [null, number] {
    return [null, CLASSES];
  }
}

/** The model of the digits, from its first weights. */
export function digitModel(): LayersModel {
  tf.serialization.registerClass(SoftmaxRegression);
  const model = sequential({ layers: [new SoftmaxRegression({ name: 'conformance', inputShape: [ROWS] })] });
  const small = uniform('digits');
  const first = (name: string, shape: readonly number[]): number[] =>
    Array.from({ length: sizeOf(shape) }, (_, i) => (name === 'scale' ? 1 : 0.1 * small(i)));
  tf.tidy(() => model.setWeights(Object.entries(shapes).map(([name, shape]) => tf.tensor(first(name, shape), [...shape]))));
  return model;
}

/** The means of the digits' rows and their classes as tensors, which the caller disposes of. */
export function digitTensors(): readonly [tf.Tensor2D, tf.Tensor2D] {
  const { images, labels } = digits();
  return [
    tf.tidy(() => tf.mean<tf.Tensor2D>(tf.tensor3d(images, [labels.length, ROWS, PIXELS / ROWS]), 2)),
    tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d([...labels], 'int32'), CLASSES), 'float32') as tf.Tensor2D),
  ];
}
