import { checkOneOf, complete } from '@downhill/core';
import { fillRows, normalize, rowOf, sumOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';
import { combiner, type Combiner } from './combiner.ts';
import { KINDS, type KindOptions } from './mean.ts';

/**
 * The median of the members, number by number, of an even count the mean of the two in the middle: one member that is far off moves it
 * little. Probabilities are brought to a sum of 1 again; where the members contradict each other so far that all medians are 0, they are
 * the mean.
 *
 * @example
 * const members = [outputsFrom([[1]]), outputsFrom([[2]]), outputsFrom([[900]])];
 * combine(members, median({ of: 'values' })).values[0]; // 2
 *
 * @throws DownhillError `invalid-argument`
 */
export function median(options: KindOptions = {}): Combiner {
  const { of } = complete('median', options, { of: 'probabilities' });
  checkOneOf('median', 'of', of, KINDS);
  return combiner({
    name: 'median',
    config: { of },
    of,
    combine(members) {
      const shape = members[0]?.shape ?? ([0, 0] as const);
      return fillRows(shape, (row, i) => {
        each(members, i, row, middle);
        if (of === 'values') return;
        if (sumOf(row) === 0) each(members, i, row, sumOf);
        normalize(row);
      });
    },
  });
}

/** Writes what `summary` makes of the members' numbers, column by column. */
function each(members: readonly Outputs[], i: number, into: Float64Array, summary: (column: Float64Array) => number): void {
  const rows = members.map((member) => rowOf(member, i));
  into.forEach((_, k) => (into[k] = summary(Float64Array.from(rows, (row) => row[k] ?? 0))));
}

function middle(column: Float64Array): number {
  const sorted = column.toSorted();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
