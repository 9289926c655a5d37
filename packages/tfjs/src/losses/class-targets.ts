import { DownhillError } from '@downhill/core';
import { cast, oneHot, reshape, tidy, type Tensor } from '@tensorflow/tfjs-core';

/**
 * What predictions over classes are compared with, as one row of floats an example: rows `[..., classes]` stay as they are (one-hot or
 * soft), class numbers `[...]` or `[..., 1]` become one-hot rows.
 *
 * @param source Who asks, for the error.
 *
 * @example
 * const rows = classTargets('mine', tf.tensor1d([2, 0], 'int32'), tf.zeros([2, 3]));
 * rows.shape; // [2, 3]
 *
 * @throws DownhillError `shape-mismatch` where `ys` is neither.
 */
export function classTargets(source: string, ys: Tensor, logits: Tensor): Tensor {
  const rows = logits.shape.slice(0, -1);
  if (logits.rank > 0 && ys.shape.join() === logits.shape.join()) return cast(ys, 'float32');
  if (logits.rank > 0 && [rows.join(), [...rows, 1].join()].includes(ys.shape.join()))
    return tidy(() => cast(oneHot(cast(reshape(ys, rows), 'int32'), logits.shape.at(-1) ?? 1), 'float32'));
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`ys\` must hold class numbers [${rows.join(', ')}] or rows [${logits.shape.join(', ')}], got shape [${ys.shape.join(', ')}]`,
    advice: 'Batch labels and predictions together; the last axis of the predictions is that of the classes.',
  });
}
