import { interrupted, pruned, type Objective, type Outcome } from '../trial.ts';
import type { LiveTrial } from './live-trial.ts';

/** What an objective makes of a trial: it never throws. */
export async function runObjective(objective: Objective, trial: LiveTrial, signal: AbortSignal): Promise<Outcome> {
  try {
    const value = await objective(trial);
    return signal.aborted && trial.wasListening() && value !== pruned ? interrupted : value;
  } catch (error) {
    return signal.aborted ? interrupted : { error };
  }
}
