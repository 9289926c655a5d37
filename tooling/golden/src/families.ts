import type { Family } from './family.ts';
import { augmentation } from './families/augmentation.ts';
import { diagnostics } from './families/diagnostics.ts';
import { ensembles } from './families/ensembles.ts';
import { linesearch } from './families/linesearch.ts';
import { optimizers } from './families/optimizers.ts';
import { regularization } from './families/regularization.ts';
import { schedulers } from './families/schedulers.ts';
import { tuning } from './families/tuning.ts';

/** The families that are built; the files of others count as not covered. */
export const families: readonly Family[] = [
  augmentation,
  diagnostics,
  ensembles,
  linesearch,
  optimizers,
  regularization,
  schedulers,
  tuning,
];
