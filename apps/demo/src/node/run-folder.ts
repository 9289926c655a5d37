import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DownhillError } from '@downhill/core';
import { fileStore } from '@downhill/training/node';
import type { CheckpointStore } from '@downhill/training';
import type { RecipeConfig } from '../recipe/config.ts';

/** What a run leaves: `config.json`, `metrics.jsonl` with a line a step, `checkpoints/`, and `result.json` at its end. */
export interface RunFolder {
  readonly path: string;
  readonly store: CheckpointStore;
  /** The config that was saved there. */
  readonly config: RecipeConfig | undefined;
  readonly hasCheckpoints: boolean;
  /** Starts the folder, or goes on with it. */
  begin(config: RecipeConfig): void;
  /** Forgets the lines of steps after this one: they will be done again. */
  forgetAfter(step: number): void;
  log(line: Readonly<Record<string, unknown>>): void;
  finish(result: Readonly<Record<string, unknown>>): void;
}

export function runFolder(path: string): RunFolder {
  const [checkpoints, configFile, metrics] = [join(path, 'checkpoints'), join(path, 'config.json'), join(path, 'metrics.jsonl')];
  return {
    path,
    store: fileStore(checkpoints),
    config: readConfig(configFile),
    hasCheckpoints: existsSync(checkpoints) && readdirSync(checkpoints).some((name) => name.endsWith('.safetensors')),
    begin(config) {
      mkdirSync(path, { recursive: true });
      writeFileSync(configFile, `${JSON.stringify(config, undefined, 2)}\n`);
    },
    forgetAfter(step) {
      const lines = existsSync(metrics) ? readFileSync(metrics, 'utf8').split('\n') : [];
      writeFileSync(
        metrics,
        lines
          .filter((line) => (stepOf(line) ?? Infinity) <= step)
          .map((line) => `${line}\n`)
          .join(''),
      );
    },
    log: (line) => appendFileSync(metrics, `${JSON.stringify(line)}\n`),
    finish: (result) => writeFileSync(join(path, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`),
  };
}

function readConfig(file: string): RecipeConfig | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RecipeConfig;
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

/** The step of a line; a line that a killed process cut short has none. */
function stepOf(line: string): number | undefined {
  try {
    const { step } = JSON.parse(line) as { readonly step?: unknown };
    return typeof step === 'number' ? step : undefined;
  } catch {
    return undefined;
  }
}
