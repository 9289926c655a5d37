import { asha } from './asha.ts';
import { hyperband } from './hyperband.ts';
import { median } from './median.ts';
import { nop } from './nop.ts';
import { patient } from './patient.ts';
import { percentile } from './percentile.ts';
import { successiveHalving } from './successive-halving.ts';
import { threshold } from './threshold.ts';

/**
 * All pruners by name: for `register`, and for a command line.
 *
 * @example
 * pruners.median({ startupTrials: 2 }).name; // 'median'
 */
export const pruners: {
  readonly asha: typeof asha;
  readonly hyperband: typeof hyperband;
  readonly median: typeof median;
  readonly nop: typeof nop;
  readonly patient: typeof patient;
  readonly percentile: typeof percentile;
  readonly successiveHalving: typeof successiveHalving;
  readonly threshold: typeof threshold;
} = { asha, hyperband, median, nop, patient, percentile, successiveHalving, threshold };
