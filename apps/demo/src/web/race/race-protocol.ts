import type { RaceState } from './race-state.ts';
import type { Trace } from './trace.ts';

/** What the race worker is asked: a later request takes the place of an earlier one. */
export interface RaceRequest extends Pick<RaceState, 'surface' | 'formula' | 'start' | 'steps' | 'noise' | 'seed' | 'schedule' | 'racers'> {
  readonly id: number;
}

/** What it answers: a trace for each racer, in any order. */
export interface RaceAnswer {
  readonly id: number;
  readonly racer: number;
  readonly trace: Trace;
}
