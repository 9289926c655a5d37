import type { Parameters, Settings, SettingsOf, StudyView } from '@downhill/core';
import { availableParallelism } from 'node:os';
import type { OptimizeOptions, Study } from '../study/study.ts';
import { objectiveInThreads, type ObjectiveInThreadsOptions } from './objective-in-threads.ts';

/** Options of {@link optimizeInThreads}: those of `study.optimize`, with as many trials at a time as there are threads. */
export interface OptimizeInThreadsOptions<Sampled extends Settings = Settings>
  extends ObjectiveInThreadsOptions, Omit<OptimizeOptions<Sampled>, 'parallel'> {}

/**
 * `study.optimize` with {@link objectiveInThreads}: loads the module, runs the trials, one in each thread, and ends the threads.
 *
 *     await optimizeInThreads(study, { module: './objective.js', threads: 4, trials: 100 });
 *
 * @example
 * const refused = await optimizeInThreads(undefined, { module: './nowhere.js' }).catch((error) => error);
 * refused.code; // 'invalid-argument'
 *
 * @throws DownhillError as `objectiveInThreads` and `study.optimize`; what importing the module throws.
 */
export async function optimizeInThreads<Given extends Parameters>(
  study: Study<Given>,
  {
    module,
    threads = availableParallelism(),
    execArgv = process.execArgv,
    ...options
  }: OptimizeInThreadsOptions<SettingsOf<Given> & Settings>,
): Promise<StudyView<Given>> {
  const objective = objectiveInThreads<SettingsOf<Given> & Settings>({ module, threads, execArgv });
  try {
    await objective.load();
    return await study.optimize(objective, { ...options, parallel: threads });
  } finally {
    await objective.close();
  }
}
