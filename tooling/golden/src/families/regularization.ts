import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { constraints } from './regularization/constraints.ts';
import { groupLasso } from './regularization/group-lasso.ts';
import { l1L2 } from './regularization/l1-l2.ts';
import { orthogonality } from './regularization/orthogonality.ts';

export const regularization: Family = caseFamily('regularization', {
  constraints,
  'group-lasso': groupLasso,
  'l1-l2': l1L2,
  orthogonality,
});
