import { checkOneOf, complete } from '@downhill/core';
import { checkedMembers } from '../checks/check-members.ts';
import { meanOf, rowOf } from '../checks/rows.ts';
import { KINDS, type KindOptions } from '../combining/mean.ts';
import type { Outputs } from '../outputs.ts';

/**
 * How far the members' numbers spread about each example: their variance around the members' mean, averaged over the classes or values.
 *
 *     (1/K) Σₖ (1/M) Σₘ (pₘₖ − p̄ₖ)²
 *
 * Of values its root is in the values' unit: an error bar without the noise of the data.
 *
 * @example
 * const members = [outputsFrom([[10]]), outputsFrom([[14]])];
 * variance(members, { of: 'values' })[0]; // 4
 *
 * @throws DownhillError as `combine`
 */
export function variance(members: readonly Outputs[], options: KindOptions = {}): Float64Array {
  const { of } = complete('variance', options, { of: 'probabilities' });
  checkOneOf('variance', 'of', of, KINDS);
  const checked = checkedMembers('variance', members, of);
  const [examples, width] = checked[0]?.shape ?? [0, 0];
  return Float64Array.from({ length: examples }, (_, i) => {
    const rows = checked.map((member) => rowOf(member, i));
    return meanOf(Array.from({ length: width }, (_unused, k) => spread(rows.map((row) => row[k] ?? 0))));
  });
}

function spread(values: readonly number[]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}
