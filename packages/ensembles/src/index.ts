export type { Outputs } from './outputs.ts';
