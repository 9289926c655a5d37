import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';

export const augmentation: Family = caseFamily('augmentation', {});
