import { DownhillError } from '@downhill/core';
import { log, pow } from '@downhill/core/math';
import { checkedProbabilities } from '../checks/check-outputs.ts';
import type { Outputs } from '../outputs.ts';

const SMALLEST = 1.1754943508222875e-38; // the smallest normal float32, for a probability of 0

/**
 * Probabilities at a temperature:
 *
 *     qₖ = pₖ^(1/T) / Σⱼ pⱼ^(1/T) = softmax(log p / T)ₖ
 *
 * @throws DownhillError `data-invalid` where the rows are no probabilities, `shape-mismatch` for one column.
 */
export function softened(source: string, outputs: Outputs, temperature: number): Float32Array {
  checkTeacher(source, outputs);
  return byRow(outputs, (row) => {
    const powers = row.map((p) => pow(p, 1 / temperature));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
}

/** Logits whose softmax the probabilities are: log p, finite also for 0. @throws as {@link softened}. */
export function logits(source: string, outputs: Outputs): Float32Array {
  checkTeacher(source, outputs);
  return byRow(outputs, (row) => row.map((p) => log(Math.max(p, SMALLEST))));
}

function byRow({ values, shape: [examples, width] }: Outputs, change: (row: Float64Array) => Float64Array): Float32Array {
  const changed = new Float32Array(examples * width);
  for (let at = 0; at < changed.length; at += width) changed.set(change(Float64Array.from(values.subarray(at, at + width))), at);
  return changed;
}

function checkTeacher(source: string, outputs: Outputs): void {
  checkedProbabilities(source, 'teacher.outputs', outputs);
  if (outputs.shape[1] > 1) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: 'a teacher of one column, the probability of class 1, has no softmax to be softened',
    advice:
      'Give it a column for each class: functionMember((xs) => { const p = model.predict(xs); return tf.concat([tf.sub(1, p), p], 1); }).',
  });
}
