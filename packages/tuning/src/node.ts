export { objectiveInThreads, type ObjectiveInThreads, type ObjectiveInThreadsOptions } from './parallel/objective-in-threads.ts';
export { optimizeInThreads, type OptimizeInThreadsOptions } from './parallel/optimize-in-threads.ts';
