import { fillRows, rowOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';

/** The members' probabilities side by side, one row an example; of two classes only that of class 1. */
export function metaFeatures(members: readonly Outputs[]): Outputs {
  const [examples, classes] = members[0]?.shape ?? [0, 0];
  const first = firstScored(classes);
  const taken = classes - first;
  return fillRows([examples, members.length * taken], (row, i) =>
    members.forEach((member, m) => row.set(rowOf(member, i).subarray(first), m * taken)),
  );
}

/** The first class with coefficients of its own: of two classes, class 0 has the logit 0. */
export const firstScored = (classes: number): number => (classes === 2 ? 1 : 0);
