import { exp, log } from '@downhill/core/math';

/** ln Σ eˣ, with the largest x taken out so that nothing overflows, nor all of it becomes 0. */
export function logSumExp(numbers: Float64Array): number {
  const largest = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  if (largest === -Infinity) return largest;
  return largest + log(numbers.reduce((sum, number) => sum + exp(number - largest), 0));
}
