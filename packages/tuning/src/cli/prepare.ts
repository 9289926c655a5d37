import { existsSync, statSync } from 'node:fs';
import { isDownhillError, type Space } from '@downhill/core';
import { importModule, moduleUrl, objectiveIn } from '../parallel/objective-module.ts';
import { objectiveInThreads } from '../parallel/objective-in-threads.ts';
import type { ObjectiveOnRedis } from '../redis/objective-on-redis.ts';
import { journalFile } from '../storages/journal-file.ts';
import { memoryStorage } from '../storages/memory-storage.ts';
import { openStudy } from '../study/open-study.ts';
import type { Study } from '../study/study.ts';
import type { Objective } from '../study/trial.ts';
import { enqueueAll } from './enqueue-all.ts';
import { lineOf } from './line-of.ts';
import type { Options } from './options.ts';
import { pluginNamed } from './plugins.ts';
import { readSpace } from './read-space.ts';
import { UsageError } from './usage-error.ts';

/** All that a search needs. */
export interface Prepared {
  readonly study: Study;
  readonly objective: Objective;
  /** Trials at a time. */
  readonly parallel: number;
  /** Ends what was begun for it. */
  close(): Promise<void>;
}

/** Opens the study and loads the objective. @throws UsageError with one line for all that is wrong with what was given. */
export async function prepare(options: Options): Promise<Prepared> {
  const { sampler, samplerOptions, pruner, prunerOptions, direction, seed, name, enqueue = [] } = options;
  const chosen = {
    sampler: pluginNamed('sampler', sampler, samplerOptions),
    ...(pruner === undefined ? {} : { pruner: pluginNamed('pruner', pruner, prunerOptions) }),
  };
  checkPlaces(options);
  try {
    const { objective, space, parallel, close } = await load(options);
    const storage = options.storage === undefined ? memoryStorage() : journalFile(options.storage);
    const given = { ...(direction === undefined ? {} : { direction }), ...(seed === undefined ? {} : { seed }) };
    const study = await openStudy({ name, space, storage, ...chosen, ...given });
    await enqueueAll(study, storage, enqueue);
    return { study, objective, parallel, close };
  } catch (error) {
    if (isDownhillError(error)) throw new UsageError(lineOf(error), { cause: error });
    throw error;
  }
}

async function load(options: Options): Promise<Omit<Prepared, 'study'> & { readonly space: Space }> {
  const { objective: module, space: file, threads, redis, name, parallel = 1 } = options;
  const url = moduleUrl('--objective', module);
  const exported = await importModule(url).catch((error: unknown) => {
    if (isDownhillError(error)) throw error;
    throw new UsageError(`${module} cannot be imported: ${lineOf(error)}`, { cause: error });
  });
  const objective = objectiveIn('--objective', module, exported);
  const space = readSpace(file, exported.space);
  if (redis !== undefined) {
    const onRedis = await redisObjective(redis, name);
    return { objective: onRedis, space, parallel, close: () => onRedis.close() };
  }
  if (threads === undefined) return { objective, space, parallel, close: async () => {} };
  const inThreads = objectiveInThreads({ module: url, threads });
  return { objective: inThreads, space, parallel: threads, close: () => inThreads.close() };
}

/** Nothing of Redis is imported unless it is asked for. */
async function redisObjective(redis: string, study: string): Promise<ObjectiveOnRedis> {
  const { objectiveOnRedis } = await import('../redis/objective-on-redis.ts').catch((cause: Error) => {
    const missing = /Cannot find package '(bullmq|ioredis)'/.exec(cause.message);
    if (missing === null) throw cause;
    throw new UsageError(`\`--redis\` needs ${missing[1]}. Install it with npm install bullmq ioredis.`, { cause });
  });
  return objectiveOnRedis({ redis, study });
}

/** What cannot be written is said before hours of work, not after. */
function checkPlaces({ report, svg, storage }: Options): void {
  for (const [option, path] of Object.entries({ '--report': report, '--storage': storage }))
    if (path !== undefined && existsSync(path) && statSync(path).isDirectory())
      throw new UsageError(`\`${option}\` must be a file, got the folder ${path}.`);
  if (svg !== undefined && existsSync(svg) && !statSync(svg).isDirectory())
    throw new UsageError(`\`--svg\` must be a folder, got the file ${svg}.`);
}
