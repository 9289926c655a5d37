import type { RaceState } from './race-state.ts';
import type { Trace } from './trace.ts';

/** What the race worker is asked. */
export type RaceRequest = Pick<RaceState, 'surface' | 'formula' | 'start' | 'steps' | 'noise' | 'seed' | 'schedule' | 'racers'>;

/** What it answers: a trace for each racer, in any order. */
export interface RaceAnswer {
  readonly racer: number;
  readonly trace: Trace;
}
