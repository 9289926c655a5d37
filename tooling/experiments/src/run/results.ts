import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trial, TrialResult } from '../experiment.ts';
import { trialName } from '../trials.ts';
import { UsageError } from './usage-error.ts';

/** What is kept of a trial that came to its end. */
export interface Result extends TrialResult {
  readonly seconds: number;
  /** Of the processor: less where the machine had other work. */
  readonly processorSeconds: number;
  /** The commit of the code that made it. */
  readonly code: string;
}

/** The folder of a run: a file for each trial that came to its end, and the reports. */
export interface Results {
  /** @throws UsageError where the folder has the trial with other settings. */
  find(trial: Trial): Result | undefined;
  add(result: Result): void;
  writeReport(name: string, text: string): void;
}

export function resultsIn(folder: string): Results {
  const fileOf = (trial: Trial): string => join(folder, 'trials', `${trialName(trial)}.json`);
  return {
    find(trial) {
      const file = fileOf(trial);
      if (!existsSync(file)) return undefined;
      const result = read(file);
      if (JSON.stringify(result.trial) !== JSON.stringify(trial))
        throw new UsageError(`${file} was trained with other settings: name another folder with --folder`);
      return result;
    },
    add(result) {
      mkdirSync(join(folder, 'trials'), { recursive: true });
      writeWhole(fileOf(result.trial), json(result));
    },
    writeReport(name, text) {
      mkdirSync(folder, { recursive: true });
      writeWhole(join(folder, name), text);
    },
  };
}

function read(file: string): Result {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Result;
  } catch {
    throw new UsageError(`${file} is damaged: remove it, and its trial is trained again`);
  }
}

/** Writes all of a file or nothing, also where the process dies meanwhile. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.unfinished`, text);
  renameSync(`${file}.unfinished`, file);
}

export const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
