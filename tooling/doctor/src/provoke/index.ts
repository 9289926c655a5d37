export { describe } from './describe.ts';
export { faults } from './faults.ts';
export { provokedRun, type RunCurves } from './run.ts';
export type { Settings } from './settings.ts';
export { smallDigits } from './tasks.ts';
