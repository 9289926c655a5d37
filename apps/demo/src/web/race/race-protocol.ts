import type { Point } from './surfaces.ts';
import type { Racer } from './rules.ts';
import type { Trace } from './trace.ts';

/** What the race worker is asked: a later request takes the place of an earlier one. */
export interface RaceRequest {
  readonly id: number;
  readonly surface: string;
  readonly formula: string;
  readonly start: Point;
  readonly steps: number;
  readonly noise: number;
  readonly seed: number;
  readonly schedule: string;
  readonly racers: readonly Racer[];
}

/** What it answers: a trace for each racer, in any order. */
export interface RaceAnswer {
  readonly id: number;
  readonly racer: number;
  readonly trace: Trace;
}
