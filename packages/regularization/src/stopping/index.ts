export { earlyStopping, type EarlyStopping, type EarlyStoppingOptions } from './early-stopping.ts';
export { keepBest, restoreBest, type KeepBestOptions } from './keep-best.ts';
export type { MonitorOptions } from './monitor.ts';
export { stoppingRule, type Stopping, type StoppingOptions, type StoppingRule } from './stopping-rule.ts';
