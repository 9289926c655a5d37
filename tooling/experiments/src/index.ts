export { experiments } from './experiments.ts';
export { runExperiment } from './run-experiment.ts';
export { codeVersion } from './run/code-version.ts';
export { progressView, type ProgressView } from './run/progress-view.ts';
export { json, writeWhole } from './run/results.ts';
export { minutes, timeLeft } from './run/time-left.ts';
export { UsageError } from './run/usage-error.ts';
export { machine } from './report/machine.ts';
export type { Report } from './report/report.ts';
