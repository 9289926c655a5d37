import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { bootstrapFile } from './ensembles/bootstrap.ts';

export const ensembles: Family = caseFamily('ensembles', {
  bootstrap: bootstrapFile,
});
