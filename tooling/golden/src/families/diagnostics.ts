import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { activationsFile } from './diagnostics/activations.ts';
import { alphaFile } from './diagnostics/alpha.ts';
import { expectedInitialLossFile } from './diagnostics/expected-initial-loss.ts';
import { gradientCheckFile } from './diagnostics/gradient-check.ts';
import { gradientNoiseFile } from './diagnostics/gradient-noise.ts';
import { hessianFile } from './diagnostics/hessian.ts';
import { normsAndRatiosFile } from './diagnostics/norms-and-ratios.ts';

export const diagnostics: Family = caseFamily('diagnostics', {
  activations: activationsFile,
  alpha: alphaFile,
  'expected-initial-loss': expectedInitialLossFile,
  'gradient-check': gradientCheckFile,
  'gradient-noise': gradientNoiseFile,
  hessian: hessianFile,
  'norms-and-ratios': normsAndRatiosFile,
});
