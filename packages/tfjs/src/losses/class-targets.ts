import { DownhillError } from '@downhill/core';
import { add, cast, getBackend, oneHot, reshape, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { nanUnlessClass } from './nan-unless-class.ts';

/**
 * What predictions over classes are compared with, as one row of floats an example: rows `[..., classes]` stay as they are (one-hot or
 * soft), class numbers `[...]` or `[..., 1]` become one-hot rows.
 *
 * tfjs makes a row of zeros of a class number that there is not, which then counts as if the example were not there. Where reading a tensor is cheap
 * (`cpu`, `wasm`), such a number is an error here; elsewhere its row is NaN, and so is the loss.
 *
 * @param source Who asks, for the error.
 *
 * @example
 * const rows = classTargets('mine', tf.tensor1d([2, 0], 'int32'), tf.zeros([2, 3]));
 * rows.shape; // [2, 3]
 *
 * @throws DownhillError `shape-mismatch` where `ys` is neither, or the predictions are of one class alone; `data-invalid` for a class number
 * that is not one of 0 to classes − 1.
 */
export function classTargets(source: string, ys: Tensor, logits: Tensor): Tensor {
  const rows = logits.shape.slice(0, -1);
  const classes = logits.shape.at(-1) ?? 1;
  if (classes < 2)
    throw mismatch(
      source,
      `\`predictions\` must have two classes or more on the last axis, got shape [${logits.shape.join(', ')}]`,
      'For outputs that stand for themselves take the loss of a sigmoid.',
    );
  if (ys.shape.join() === logits.shape.join()) return cast(ys, 'float32');
  if ([rows.join(), [...rows, 1].join()].includes(ys.shape.join())) return oneHotRows(source, ys, [...rows, classes]);
  throw mismatch(
    source,
    `\`ys\` must hold class numbers [${rows.join(', ')}] or rows [${logits.shape.join(', ')}], got shape [${ys.shape.join(', ')}]`,
    'Batch labels and predictions together; the last axis of the predictions is that of the classes.',
  );
}

/** Backends on which reading a tensor waits for nothing. */
const AT_HAND = ['cpu', 'wasm'];

function oneHotRows(source: string, ys: Tensor, shape: readonly number[]): Tensor {
  const classes = shape.at(-1) ?? 1;
  const atHand = AT_HAND.includes(getBackend());
  if (atHand) checkClassNumbers(source, ys.dataSync(), classes);
  return tidy(() => {
    const numbers = reshape(ys, shape.slice(0, -1));
    const rows = cast(oneHot(cast(numbers, 'int32'), classes), 'float32');
    return atHand ? rows : add(rows, nanUnlessClass(numbers, classes));
  });
}

function checkClassNumbers(source: string, numbers: ArrayLike<number>, classes: number): void {
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? Number.NaN;
    if (Number.isInteger(number) && number >= 0 && number < classes) continue;
    throw new DownhillError({
      code: 'data-invalid',
      source,
      problem: `\`ys\` must hold class numbers from 0 to ${classes - 1}, got ${number} at ${i}`,
      advice: 'Classes count from 0, and the predictions need one number for each.',
    });
  }
}

function mismatch(source: string, problem: string, advice: string): DownhillError {
  return new DownhillError({ code: 'shape-mismatch', source, problem, advice });
}
