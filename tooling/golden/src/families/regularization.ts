import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { batchNormFile } from './regularization/batch-norm.ts';
import { dropblockFile } from './regularization/dropblock.ts';
import { dropoutFile } from './regularization/dropout.ts';
import { earlyStoppingFile } from './regularization/early-stopping.ts';
import { grahamFile, torchFile } from './regularization/fractional-max-pool.ts';
import { lossesFile } from './regularization/losses.ts';
import { manifoldMixupFile } from './regularization/manifold-mixup.ts';
import { shakeShakeFile } from './regularization/shake-shake.ts';
import { spectralNormFile } from './regularization/spectral-norm.ts';
import { stochasticDepthFile } from './regularization/stochastic-depth.ts';
import { weightStandardizationFile } from './regularization/weight-standardization.ts';

export const regularization: Family = caseFamily('regularization', {
  'batch-norm': batchNormFile,
  dropblock: dropblockFile,
  dropout: dropoutFile,
  'early-stopping': earlyStoppingFile,
  'fractional-max-pool-graham': grahamFile,
  'fractional-max-pool-torch': torchFile,
  losses: lossesFile,
  'manifold-mixup': manifoldMixupFile,
  'shake-shake': shakeShakeFile,
  'spectral-norm': spectralNormFile,
  'stochastic-depth': stochasticDepthFile,
  'weight-standardization': weightStandardizationFile,
});
