import { exp, log } from '@downhill/core/math';

/** Makes a row of logits one of probabilities, in place. Gives log Σ exp(logits). */
export function softmax(row: Float64Array): number {
  const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  row.forEach((value, k) => {
    const e = exp(value - most);
    row[k] = e;
    sum += e;
  });
  row.forEach((value, k) => (row[k] = value / sum));
  return most + log(sum);
}

/** The smallest number of float32, in which models' probabilities usually come: a probability of 0 is one below it. */
const SMALLEST = 2 ** -149;

/** The logarithm of a probability; 0 counts as 2⁻¹⁴⁹. */
export const logOf = (p: number): number => log(Math.max(p, SMALLEST));
