import { DownhillError } from '@downhill/core';
import { cast, equal, logSoftmax, argMax, mean, mul, neg, oneHot, reshape, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

/** Compares predictions with what they should be. One value an example is what sample weights need; further axes are averaged. */
export type Loss = (ys: Tensor, predictions: Tensor) => Tensor;

/** A number to watch, of the same form as a {@link Loss}; nothing is learned from it. */
export type Metric = Loss;

/**
 * The cross-entropy of a softmax, from logits: the model's last layer has no activation.
 *
 *     lossᵢ = −log softmax(predictionsᵢ)[ysᵢ]
 *
 * `ys` holds class numbers `[batch]`, or one row of probabilities an example.
 */
export function softmaxCrossEntropy(ys: Tensor, predictions: Tensor): Tensor {
  const targets = ys.rank === predictions.rank ? ys : oneHot(classNumbers('softmaxCrossEntropy', ys, predictions), lastLength(predictions));
  return neg(sum(mul(targets, logSoftmax(predictions)), -1));
}

/** The squared differences: `lossᵢ = mean((ysᵢ − predictionsᵢ)²)`. */
export function meanSquaredError(ys: Tensor, predictions: Tensor): Tensor {
  if (ys.shape.join() !== predictions.shape.join())
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'meanSquaredError',
      problem: `\`ys\` must have the shape of the predictions [${predictions.shape.join(', ')}], got [${ys.shape.join(', ')}]`,
    });
  const squares = square(sub(ys, predictions));
  return squares.rank < 2 ? squares : mean(reshape(squares, [squares.shape[0] ?? 1, -1]), -1);
}

/** 1 where the largest prediction is that of the right class, else 0. `ys` as for {@link softmaxCrossEntropy}. */
export function accuracy(ys: Tensor, predictions: Tensor): Tensor {
  const classes = ys.rank === predictions.rank ? argMax(ys, -1) : classNumbers('accuracy', ys, predictions);
  return cast(equal(argMax(predictions, -1), classes), 'float32');
}

function classNumbers(source: string, ys: Tensor, predictions: Tensor): Tensor {
  if (ys.shape.join() === predictions.shape.slice(0, -1).join()) return cast(ys, 'int32');
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`ys\` must hold class numbers [${predictions.shape.slice(0, -1).join(', ')}] or rows [${predictions.shape.join(', ')}], got shape [${ys.shape.join(', ')}]`,
  });
}

const lastLength = (predictions: Tensor): number => predictions.shape.at(-1) ?? 1;
