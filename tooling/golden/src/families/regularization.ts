import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { lossesReplay } from './regularization/losses.ts';

export const regularization: Family = caseFamily('regularization', {
  losses: lossesReplay,
});
