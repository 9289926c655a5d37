import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { checkNumber } from '@downhill/core';
import { fileStore } from '@downhill/training/node';
import { checkEnsembleOptions, wrong, type EnsembleOptions, type TrainedEnsemble } from './ensemble-options.ts';
import { trainEnsemble } from './train-ensemble.ts';
import { trainMembers } from './train-members.ts';
import { trainerOf } from './trainer-module.ts';
import { workerPool } from './worker-pool.ts';

/** Options of {@link trainEnsembleInWorkers}. */
export interface TrainEnsembleInWorkersOptions extends EnsembleOptions {
  /** The module that exports `trainMember`, as a URL or a path. Each thread imports it once, and sets its own backend there. */
  readonly module: URL | string;
  /** The folder that holds the ensemble, and the members' checkpoints until all are finished. */
  readonly folder: string;
  /** Members at a time, each in a thread of its own; 0 trains them in this thread. @defaultValue the processor's cores, as Node counts them */
  readonly workers?: number;
  /** Node's options for the threads. @defaultValue those of this process */
  readonly execArgv?: readonly string[];
}

/**
 * `trainEnsemble` with members trained in worker threads, several at a time: the same members, bit for bit, as with any other number of
 * threads, since each depends on its index alone. A thread that dies fails its member; what is finished stays.
 *
 *     // member.js
 *     await tf.setBackend('wasm');
 *     export const trainMember = async ({ seed, signal, checkpoints, report }) => {
 *       const model = makeModel();
 *       await train({ model, seed, signal, checkpoints: { store: checkpoints, resume: true }, onEvent: report, ... });
 *       return model;
 *     };
 *
 * @example
 * const refused = await trainEnsembleInWorkers({ plan: deepEnsemble(), module: 'member.js', folder: '' }).catch((error) => error);
 * refused.code; // 'invalid-argument'
 *
 * @throws DownhillError as `trainEnsemble`.
 */
export async function trainEnsembleInWorkers(options: TrainEnsembleInWorkersOptions): Promise<TrainedEnsemble> {
  const { plan, module, folder, workers = availableParallelism(), execArgv = process.execArgv, data } = options;
  checkEnsembleOptions('trainEnsembleInWorkers', options);
  checkNumber('trainEnsembleInWorkers', { workers }, { min: 0, integer: true });
  if (typeof folder !== 'string' || folder === '') throw wrong('trainEnsembleInWorkers', '`folder` must be the path of a folder');
  const store = fileStore(folder);
  const url = urlOf(module);
  if (workers === 0) return trainEnsemble({ ...options, store, trainMember: await trainerOf(url) });
  const atATime = Math.min(workers, options.only?.length ?? plan.size);
  const pool = workerPool({ workers: atATime, execArgv }, { module: url, folder, data });
  try {
    return await trainMembers(options, store, atATime, pool.run);
  } finally {
    await pool.close();
  }
}

function urlOf(module: URL | string): string {
  if (typeof module !== 'string') return module.href;
  return /^(file|data):/.test(module) ? module : pathToFileURL(module).href;
}
