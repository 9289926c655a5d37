export { DownhillOptimizer, optimizer, register, type NonFiniteReport, type OptimizerOptions } from './optimizer.ts';
export type { Execution } from './execute/choose.ts';
