import { describe, faults, provokedRun } from '@downhill/doctor/provoke';
import { sensible } from './sensible.ts';
import type { Symptom, SymptomRun } from './symptom.ts';

/**
 * Trains a run with the symptom.
 *
 * @throws Error where the symptom does not show: by what the run does, and by what it does when it goes on with other settings.
 */
export async function provoke({ finding, change }: Symptom): Promise<SymptomRun> {
  const settings = { ...sensible, ...change };
  const run = await provokedRun(settings);
  try {
    if (!(await faults[finding].shows(run, settings))) throw new Error(`the run of ${finding} does not show it: ${describe(settings)}`);
    return { id: finding, ...run.curves, label: finding, how: describe(settings) };
  } finally {
    run.dispose();
  }
}
