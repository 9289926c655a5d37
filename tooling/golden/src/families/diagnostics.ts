import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { hessianFile } from './diagnostics/hessian.ts';

export const diagnostics: Family = caseFamily('diagnostics', {
  hessian: hessianFile,
});
