import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { earlyStoppingReplay } from './regularization/early-stopping.ts';
import { lossesReplay } from './regularization/losses.ts';

export const regularization: Family = caseFamily('regularization', {
  'early-stopping': earlyStoppingReplay,
  losses: lossesReplay,
import { dropblockFile } from './regularization/dropblock.ts';
import { dropoutFile } from './regularization/dropout.ts';
import { shakeShakeFile } from './regularization/shake-shake.ts';
import { stochasticDepthFile } from './regularization/stochastic-depth.ts';

export const regularization: Family = caseFamily('regularization', {
  dropblock: dropblockFile,
  dropout: dropoutFile,
  'shake-shake': shakeShakeFile,
  'stochastic-depth': stochasticDepthFile,
});
