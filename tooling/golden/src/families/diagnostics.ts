import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { normsAndRatiosFile } from './diagnostics/norms-and-ratios.ts';

export const diagnostics: Family = caseFamily('diagnostics', {
  'norms-and-ratios': normsAndRatiosFile,
});
