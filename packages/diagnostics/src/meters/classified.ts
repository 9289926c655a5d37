import { DownhillError } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import type { PredictedBatch } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';

/** What the model's outputs are. */
export type OutputKind = 'logits' | 'probabilities';

/** Examples with their right class and a score for each class, as plain numbers. A single output column is that of class 1 of two. */
export interface Classified {
  readonly classes: number;
  readonly labels: ArrayLike<number>;
  /** One row an example; a higher score is a likelier class, also between examples. */
  readonly scores: Float64Array;
}

/** What a batch was read as, for the next meter that looks at it. */
const known = new WeakMap<Tensor, { readonly from: OutputKind; readonly ys: Tensor; readonly examples: Classified }>();

/**
 * Reads a batch as a classification, once for all meters: `predictions` are rows of one score a class, or one column of scores of class 1; `ys` class numbers
 * or rows, of which the largest counts.
 *
 * @throws DownhillError `shape-mismatch` where they are not, `data-invalid` for a class number that there is not.
 */
export async function classified(source: string, { batch: { ys }, predictions }: PredictedBatch, from: OutputKind): Promise<Classified> {
  const before = known.get(predictions);
  if (before?.from === from && before.ys === ys) return before.examples;
  const [examples = 0, columns = 1] = predictions.shape;
  const rows = predictions.rank === 2 && ys.shape.join() === predictions.shape.join() && columns > 1;
  if (predictions.rank > 2 || (ys.size !== examples && !rows))
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `takes one row of scores an example and class numbers or rows, got predictions [${predictions.shape.join(', ')}] and ys [${ys.shape.join(', ')}]`,
      advice: 'Leave the meter out where the model does not classify.',
    });
  const [targets, outputs] = await Promise.all([ys.data(), predictions.data()]);
  const classes = Math.max(columns, 2);
  const labels = rows ? Array.from({ length: examples }, (_, i) => argMax(targets.subarray(i * columns, (i + 1) * columns))) : targets;
  for (let i = 0; i < examples; i++) {
    const label = labels[i] ?? Number.NaN;
    if (Number.isInteger(label) && label >= 0 && label < classes) continue;
    throw new DownhillError({ code: 'data-invalid', source, problem: `class numbers go from 0 to ${classes - 1}, got ${label} at ${i}` });
  }
  const read: Classified = {
    classes,
    labels,
    scores: columns === 1 ? twoColumns(outputs, from) : from === 'logits' ? logSoftmax(outputs, columns) : Float64Array.from(outputs),
  };
  known.set(predictions, { from, ys, examples: read });
  return read;
}

/** The index of the largest, the first of equal ones. */
export function argMax(row: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if ((row[i] ?? 0) > (row[best] ?? 0)) best = i;
  return best;
}

/** Scores of class 0 and class 1 from one column: of class 1 it is likely where it is above 0 as a logit, or ½ as a probability. */
function twoColumns(column: ArrayLike<number>, from: OutputKind): Float64Array {
  const scores = new Float64Array(2 * column.length);
  for (let i = 0; i < column.length; i++) {
    const score = column[i] ?? Number.NaN;
    scores[2 * i] = from === 'logits' ? -score : 1 - score;
    scores[2 * i + 1] = score;
  }
  return scores;
}

/** log pₖ = zₖ − log Σ exp(zⱼ): logits of different examples cannot be compared, these can. */
function logSoftmax(logits: ArrayLike<number>, classes: number): Float64Array {
  const scores = Float64Array.from(logits);
  for (let begin = 0; begin < scores.length; begin += classes) {
    const row = scores.subarray(begin, begin + classes);
    const most = row.reduce((a, b) => Math.max(a, b));
    const rest = log(row.reduce((sum, z) => sum + exp(z - most), 0));
    for (const [k, z] of row.entries()) row[k] = z - most - rest;
  }
  return scores;
}
