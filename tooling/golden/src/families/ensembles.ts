import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { modelSoupFile } from './ensembles/model-soup.ts';
import { snapshotCycleFile } from './ensembles/snapshot-cycle.ts';
import { swagFile } from './ensembles/swag.ts';

export const ensembles: Family = caseFamily('ensembles', {
  'model-soup': modelSoupFile,
  'snapshot-cycle': snapshotCycleFile,
  swag: swagFile,
});
