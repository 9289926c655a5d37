import { pruner, type Pruner } from '@downhill/core';

/**
 * Ends no trial, whatever it reports: Optuna's `NopPruner`, for a command line or a table of pruners to compare.
 *
 * @example
 * nop().name; // 'nop'
 */
export const nop = (): Pruner => pruner({ name: 'nop', config: {}, shouldPrune: () => false });
