import { DownhillError, show } from '@downhill/core';
import type { Outputs } from '../outputs.ts';

/**
 * Outputs of plain rows, one an example.
 *
 * @example
 * const outputs = outputsFrom([[0.25, 0.75], [0.5, 0.5]]);
 * outputs.shape; // [2, 2]
 *
 * @throws DownhillError `shape-mismatch` where there is no row or the rows differ in length.
 */
export function outputsFrom(rows: readonly ArrayLike<number>[]): Outputs {
  const [first] = rows;
  const odd = rows.findIndex((row) => row.length !== first?.length);
  if (first === undefined || first.length === 0 || odd >= 0)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'outputsFrom',
      problem: `\`rows\` must be at least one row of numbers, all of one length, got ${odd >= 0 ? `${rows[odd]?.length} numbers in row ${odd} and ${first?.length} in row 0` : show(rows)}`,
    });
  return { values: Float64Array.from(rows.flatMap((row) => Array.from(row))), shape: [rows.length, first.length] };
}
