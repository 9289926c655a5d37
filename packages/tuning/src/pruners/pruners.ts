import { asha } from './asha.ts';
import { hyperband } from './hyperband.ts';
import { median } from './median.ts';
import { nop } from './nop.ts';
import { patient } from './patient.ts';
import { percentile } from './percentile.ts';
import type { Pruner } from './pruner.ts';
import { successiveHalving } from './successive-halving.ts';
import { threshold } from './threshold.ts';

/**
 * The factories of pruners by name, for a command line or a form: each checks the options that it is called with.
 *
 * @example
 * Object.keys(pruners).includes('asha'); // true
 */
export const pruners: Readonly<Record<string, (options: never) => Pruner>> = {
  asha,
  hyperband,
  median,
  nop,
  patient,
  percentile,
  successiveHalving,
  threshold,
};
