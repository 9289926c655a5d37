import { DownhillError } from '@downhill/core';
import { classTargets } from '@downhill/tfjs';
import { argMax, cast, equal, logSoftmax, mean, mul, neg, reshape, square, sub, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** Compares predictions with what they should be. One value an example is what sample weights need; further axes are averaged. */
export type Loss = (ys: Tensor, predictions: Tensor) => Tensor;

/** A number to watch, of the same form as a {@link Loss}; nothing is learned from it. */
export type Metric = Loss;

/**
 * The cross-entropy of a softmax, from logits: the model's last layer has no activation.
 *
 *     lossᵢ = −log softmax(predictionsᵢ)[ysᵢ]
 *
 * `ys` holds class numbers `[batch]` or `[batch, 1]`, or one row of probabilities an example.
 *
 * @throws DownhillError `shape-mismatch` where it does not, `data-invalid` for a class number that there is not (see `classTargets`).
 */
export function softmaxCrossEntropy(ys: Tensor, predictions: Tensor): Tensor {
  return tidy(() => neg(sum(mul(classTargets('softmaxCrossEntropy', ys, predictions), logSoftmax(predictions)), -1)));
}

/** The squared differences: `lossᵢ = mean((ysᵢ − predictionsᵢ)²)`. @throws DownhillError `shape-mismatch` */
export function meanSquaredError(ys: Tensor, predictions: Tensor): Tensor {
  if (ys.shape.join() !== predictions.shape.join())
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'meanSquaredError',
      problem: `\`ys\` must have the shape of the predictions [${predictions.shape.join(', ')}], got [${ys.shape.join(', ')}]`,
    });
  return tidy(() => {
    const squares = square(sub(ys, predictions));
    return squares.rank < 2 ? squares : mean(reshape(squares, [squares.shape[0] ?? 1, -1]), -1);
  });
}

/** 1 where the largest prediction is that of the right class, else 0. `ys` and errors as for {@link softmaxCrossEntropy}. */
export function accuracy(ys: Tensor, predictions: Tensor): Tensor {
  return tidy(() => cast(equal(argMax(predictions, -1), argMax(classTargets('accuracy', ys, predictions), -1)), 'float32'));
}
