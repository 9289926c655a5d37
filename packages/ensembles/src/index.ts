export type { Outputs } from './outputs.ts';
export * from './averaging/index.ts';
