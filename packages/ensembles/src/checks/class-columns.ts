import type { Outputs } from '../outputs.ts';
import { fillRows } from './rows.ts';

/** A binary head's one column, the probability of class 1, as the two columns of classes 0 and 1. Others stay as they are. */
export const classColumns = (outputs: Outputs): Outputs =>
  outputs.shape[1] > 1
    ? outputs
    : fillRows([outputs.shape[0], 2], (row, i) => {
        const p = outputs.values[i] ?? 0;
        row[0] = Math.max(0, 1 - p);
        row[1] = p;
      });

/** Undoes {@link classColumns} where the given outputs had one column. */
export const asGiven = (outputs: Outputs, width: number): Outputs =>
  width > 1 || outputs.shape[1] !== 2
    ? outputs
    : fillRows([outputs.shape[0], 1], (row, i) => {
        row[0] = outputs.values[2 * i + 1] ?? 0;
      });
