import { isDownhillError } from '@downhill/core';
import { CommanderError } from 'commander';
import { objectiveInThreads } from '../parallel/objective-in-threads.ts';
import { workOnRedis } from './work-on-redis.ts';
import { workerLine } from './worker-line.ts';
import { workerOptions, type Output } from './worker-options.ts';

/** A wrong use of the command ends with this. */
const BAD_USE = 2;

/**
 * `downhill-worker --redis URL --objective MODULE [--study NAME] [--concurrency N] [--lost-after SECONDS]`.
 *
 * @param signal Ends it.
 * @returns The exit code: 0 when it was ended, 1 where there is no Redis, 2 for a bad option or module.
 */
export async function worker(args: readonly string[], { out, err }: Output, signal: AbortSignal): Promise<number> {
  const say = (line: string): void => out(`${new Date().toISOString().slice(11, 19)} ${line}`);
  try {
    const { redis, objective: module, study, concurrency, lostAfter } = workerOptions(args, { out, err });
    const objective = objectiveInThreads({ module, threads: concurrency });
    try {
      await objective.load();
      const where = study === undefined ? {} : { study };
      await workOnRedis({ redis, objective, ...where, concurrency, lostAfter, signal, onEvent: (event) => say(workerLine(event)) });
      return 0;
    } finally {
      await objective.close();
    }
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USE;
    err(`downhill-worker: ${error instanceof Error ? error.message : String(error)}`);
    return isDownhillError(error) && error.code !== 'connection-failed' ? BAD_USE : 1;
  }
}
