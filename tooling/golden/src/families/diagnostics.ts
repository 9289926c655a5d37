import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { activationsFile } from './diagnostics/activations.ts';
import { alphaFile } from './diagnostics/alpha.ts';
import { curvesFile } from './diagnostics/curves.ts';
import { expectedInitialLossFile } from './diagnostics/expected-initial-loss.ts';
import { gradientCheckFile } from './diagnostics/gradient-check.ts';
import { gradientNoiseFile } from './diagnostics/gradient-noise.ts';
import { hessianFile } from './diagnostics/hessian.ts';
import { rangeTestFile } from './diagnostics/lr-range-test.ts';
import { normsAndRatiosFile } from './diagnostics/norms-and-ratios.ts';

const cases = caseFamily(
  'diagnostics',
  { 'gradient-check': gradientCheckFile, hessian: hessianFile, 'norms-and-ratios': normsAndRatiosFile },
  {
    activations: activationsFile,
    alpha: alphaFile,
    'expected-initial-loss': expectedInitialLossFile,
    'gradient-noise': gradientNoiseFile,
    'lr-range-test': rangeTestFile,
  },
);

export const diagnostics: Family = {
  ...cases,
  // A list of labelled runs instead of cases.
  replay: (file, content, backend) => (file === 'curves' ? curvesFile(content) : cases.replay(file, content, backend)),
};
