import { checkLabels, checkTargets, type Labels } from '../checks/check-labels.ts';
import type { OutputKind } from '../checks/check-members.ts';
import { fillRows } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';

/** What should have come out: class numbers where members give probabilities, rows of values where they give values. */
export type Targets = Labels | Outputs;

/** The targets as rows in the outputs' shape; class numbers become one-hot rows. @throws DownhillError */
export function checkedTargetRows(source: string, targets: Targets, of: OutputKind, shape: Outputs['shape']): Outputs {
  if (of === 'values') {
    checkTargets(source, targets, shape);
    return targets;
  }
  checkLabels(source, targets, shape);
  return fillRows(shape, (row, i) => {
    row[targets[i] ?? 0] = 1;
  });
}
