export { experiments } from './experiments.ts';
export { runExperiment } from './run-experiment.ts';
export { UsageError } from './run/usage-error.ts';
export type { Report } from './report/report.ts';
