import { log } from '@downhill/core/math';
import { meanOf, rowsOf } from '../checks/rows.ts';
import { mixture } from '../combining/mixture.ts';
import { sharesOf } from '../combining/weights.ts';
import type { Outputs } from '../outputs.ts';

/** −p log p in nats; 0 at 0. */
const surprise = (p: number): number => (p > 0 ? -p * log(p) : 0);

/** −Σ p log p of each row, in nats. */
const entropies = (outputs: Outputs): Float64Array =>
  Float64Array.from(rowsOf(outputs), (row) => {
    let sum = 0;
    for (const p of row) sum += surprise(p);
    return sum;
  });

/** H[(1/M) Σ pₘ] of each example. */
export const entropyOfMean = (members: readonly Outputs[]): Float64Array =>
  entropies(mixture(members, sharesOf('mean', undefined, members.length), 'probabilities'));

/** (1/M) Σ H[pₘ] of each example. */
export function meanEntropy(members: readonly Outputs[]): Float64Array {
  const each = members.map(entropies);
  return Float64Array.from({ length: each[0]?.length ?? 0 }, (_, i) => meanOf(each.map((values) => values[i] ?? 0)));
}
