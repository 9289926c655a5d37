import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { earlyStoppingReplay } from './regularization/early-stopping.ts';
import { lossesReplay } from './regularization/losses.ts';

export const regularization: Family = caseFamily('regularization', {
  'early-stopping': earlyStoppingReplay,
  losses: lossesReplay,
});
