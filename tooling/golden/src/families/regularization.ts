import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';

export const regularization: Family = caseFamily('regularization', {});
