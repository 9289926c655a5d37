import { checkNumber } from '@downhill/core';
import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { fillRows } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';

/**
 * The outputs of a member that only names classes: probability 1 for the class it names.
 *
 * @example
 * const outputs = oneHotOutputs([1, 0], 3);
 * [...outputs.values]; // [0, 1, 0, 1, 0, 0]
 *
 * @param classes How many there are, at least 2.
 *
 * @throws DownhillError `data-invalid` for a class that there is not, `invalid-argument` for fewer than two classes.
 */
export function oneHotOutputs(labels: Labels, classes: number): Outputs {
  checkNumber('oneHotOutputs', { classes }, { min: 2, integer: true });
  checkLabels('oneHotOutputs', labels, [labels.length, classes]);
  return fillRows([labels.length, classes], (row, i) => {
    row[labels[i] ?? 0] = 1;
  });
}
