import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DownhillError } from '@downhill/core';
import { fileStore } from '@downhill/training/node';
import type { CheckpointStore } from '@downhill/training';
import type { RecipeConfig } from '../recipe/config.ts';
import type { PluginFile } from './plugins/plugin-file.ts';

/** What a run's folder says of it. */
export interface RunConfig extends RecipeConfig {
  /** Modules whose rules were made known. @defaultValue none */
  readonly plugins?: readonly PluginFile[];
}

/**
 * What a run leaves: `config.json`, `tuning/` where it searched its settings first, `checkpoints/`, `members/` with its last epochs, and
 * `result.json` at its end; beside them what looks on writes.
 */
export interface RunFolder {
  readonly path: string;
  readonly store: CheckpointStore;
  readonly members: CheckpointStore;
  /** The config that was saved there. */
  readonly config: RunConfig | undefined;
  /** Whether a run, or its search, left something to go on from. */
  readonly isBegun: boolean;
  /** The search's own folder, with its journal. */
  readonly tuning: string;
  /** Starts the folder, or goes on with it. */
  begin(config: RunConfig): void;
  finish(result: Readonly<Record<string, unknown>>): void;
}

export function runFolder(path: string): RunFolder {
  const [checkpoints, configFile] = [join(path, 'checkpoints'), join(path, 'config.json')];
  return {
    path,
    store: fileStore(checkpoints),
    members: fileStore(join(path, 'members')),
    config: readConfig(configFile),
    isBegun:
      existsSync(join(path, 'tuning')) ||
      (existsSync(checkpoints) && readdirSync(checkpoints).some((name) => name.endsWith('.safetensors'))),
    tuning: join(path, 'tuning'),
    begin(config) {
      mkdirSync(path, { recursive: true });
      writeFileSync(configFile, `${JSON.stringify(config, undefined, 2)}\n`);
    },
    finish: (result) => writeFileSync(join(path, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`),
  };
}

function readConfig(file: string): RunConfig | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunConfig;
  } catch (cause) {
    throw new DownhillError({
      code: 'data-invalid',
      source: file,
      problem: 'the config of the run is no JSON',
      advice: 'Start a new run in another folder.',
      cause,
    });
  }
}
