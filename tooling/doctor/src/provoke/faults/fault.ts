import type { Draws } from '../draws.ts';
import type { Run } from '../run.ts';
import type { Settings } from '../settings.ts';

/** One thing done to a run, and whether its symptom shows. */
export interface Fault {
  provoke(settings: Settings, draws: Draws): Settings;
  shows(run: Run, settings: Settings): boolean | Promise<boolean>;
}
