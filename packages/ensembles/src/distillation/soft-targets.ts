import { DownhillError } from '@downhill/core';
import { log, pow } from '@downhill/core/math';
import type { Outputs } from '../outputs.ts';

const SMALLEST = 1.1754943508222875e-38; // the smallest normal float32, for a probability of 0
const ROUNDING = 1e-3; // of a row's sum

/**
 * Probabilities at a temperature:
 *
 *     qₖ = pₖ^(1/T) / Σⱼ pⱼ^(1/T) = softmax(log p / T)ₖ
 *
 * @throws DownhillError `data-invalid` where the rows are no probabilities.
 */
export function softened(source: string, outputs: Outputs, temperature: number): Float32Array {
  checkProbabilities(source, outputs);
  return byRow(outputs, (row) => {
    const powers = row.map((p) => pow(p, 1 / temperature));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
}

/** Logits whose softmax the probabilities are: log p, finite also for 0. @throws as {@link softened}. */
export function logits(source: string, outputs: Outputs): Float32Array {
  checkProbabilities(source, outputs);
  return byRow(outputs, (row) => row.map((p) => log(Math.max(p, SMALLEST))));
}

function byRow({ values, shape: [examples, width] }: Outputs, change: (row: Float64Array) => Float64Array): Float32Array {
  const changed = new Float32Array(examples * width);
  for (let at = 0; at < changed.length; at += width) changed.set(change(Float64Array.from(values.subarray(at, at + width))), at);
  return changed;
}

function checkProbabilities(source: string, { values, shape: [examples, width] }: Outputs): void {
  for (let row = 0; row < examples; row++) {
    const numbers = values.subarray(row * width, (row + 1) * width);
    let sum = 0;
    for (const p of numbers) sum += p >= 0 && p <= 1 + ROUNDING ? p : Number.NaN;
    if (Math.abs(sum - 1) > ROUNDING || Number.isNaN(sum))
      throw new DownhillError({
        code: 'data-invalid',
        source,
        problem: `the teacher's outputs must be probabilities, rows that sum to 1, got [${Array.from(numbers.subarray(0, 5)).join(', ')}${width > 5 ? ', ...' : ''}] in row ${row}`,
        advice: 'Put a softmax behind logits: functionMember((xs) => tf.softmax(model.predict(xs))).',
      });
  }
}
