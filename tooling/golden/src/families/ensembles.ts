import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { bootstrapFile } from './ensembles/bootstrap.ts';
import { calibrationMetrics } from './ensembles/calibration-metrics.ts';
import { caruanaSelection } from './ensembles/caruana-selection.ts';
import { modelSoupFile } from './ensembles/model-soup.ts';
import { plattIsotonic } from './ensembles/platt-isotonic.ts';
import { snapshotCycleFile } from './ensembles/snapshot-cycle.ts';
import { stacking } from './ensembles/stacking.ts';
import { swagFile } from './ensembles/swag.ts';
import { temperatureScaling } from './ensembles/temperature-scaling.ts';
import { uncertainty } from './ensembles/uncertainty.ts';
import { voting } from './ensembles/voting.ts';

const plain = {
  bootstrap: bootstrapFile,
  'calibration-metrics': calibrationMetrics,
  'caruana-selection': caruanaSelection,
  'platt-isotonic': plattIsotonic,
  'snapshot-cycle': snapshotCycleFile,
  stacking,
  'temperature-scaling': temperatureScaling,
  uncertainty,
  voting,
};

export const ensembles: Family = caseFamily('ensembles', { 'model-soup': modelSoupFile, swag: swagFile }, plain);
