import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { batchNormFile } from './regularization/batch-norm.ts';
import { constraints } from './regularization/constraints.ts';
import { dropblockFile } from './regularization/dropblock.ts';
import { dropoutFile } from './regularization/dropout.ts';
import { earlyStoppingFile } from './regularization/early-stopping.ts';
import { grahamFile, torchFile } from './regularization/fractional-max-pool.ts';
import { groupLasso } from './regularization/group-lasso.ts';
import { l1L2 } from './regularization/l1-l2.ts';
import { lossesFile } from './regularization/losses.ts';
import { manifoldMixupFile } from './regularization/manifold-mixup.ts';
import { orthogonality } from './regularization/orthogonality.ts';
import { shakeShakeFile } from './regularization/shake-shake.ts';
import { spectralNormFile } from './regularization/spectral-norm.ts';
import { stochasticDepthFile } from './regularization/stochastic-depth.ts';
import { weightStandardizationFile } from './regularization/weight-standardization.ts';

export const regularization: Family = caseFamily('regularization', {
  'batch-norm': batchNormFile,
  constraints,
  dropblock: dropblockFile,
  dropout: dropoutFile,
  'early-stopping': earlyStoppingFile,
  'fractional-max-pool-graham': grahamFile,
  'fractional-max-pool-torch': torchFile,
  'group-lasso': groupLasso,
  'l1-l2': l1L2,
  losses: lossesFile,
  'manifold-mixup': manifoldMixupFile,
  orthogonality,
  'shake-shake': shakeShakeFile,
  'spectral-norm': spectralNormFile,
  'stochastic-depth': stochasticDepthFile,
  'weight-standardization': weightStandardizationFile,
});
