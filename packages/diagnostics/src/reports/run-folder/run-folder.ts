import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { DownhillError, isDownhillError, type Json } from '@downhill/core';
import type { ReportRun, RunOutcome } from '../html/report-run.ts';
import { readJsonLines } from '../json-lines/read-json-lines.ts';
import { outcomeFrom, outcomeText } from './outcome.ts';

const READINGS = 'readings.jsonl';
const OUTCOME = 'outcome.json';
const RESULT = 'result.json';

/** A run of a folder, and what of it could not be read. */
export interface FoundRuns {
  readonly runs: readonly ReportRun[];
  /** `data-invalid`, each naming its file. What else the folders hold is in `runs`. */
  readonly problems: readonly DownhillError[];
}

/**
 * Saves what a run came to as `outcome.json` in its folder, beside the `readings.jsonl` of `jsonLinesFile`.
 *
 * @example
 * saveOutcome(runFolder, { ends: { 'test accuracy': 0.988 } });
 * readRuns(runFolder).runs.length; // 0
 */
export function saveOutcome(folder: string, outcome: RunOutcome): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, OUTCOME), outcomeText(outcome));
}

/**
 * The runs in a folder and the folders in it: each folder with a `readings.jsonl`, named by its way from `root`, in the order of the alphabet.
 * An `outcome.json` gives findings, mistakes and ends; where it has no ends, the numbers and words of a `result.json` do.
 *
 * @example
 * readRuns(runFolder).problems; // []
 *
 * @throws DownhillError `invalid-argument` where there is no such folder.
 */
export function readRuns(root: string): FoundRuns {
  if (!existsSync(root))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'readRuns',
      problem: `\`root\` must be a folder, and there is none at ${root}`,
      advice: 'Train first, or give the folder that the runs are in.',
    });
  const problems: DownhillError[] = [];
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => basename(file) === READINGS);
  const runs = files.toSorted().map((file) => readRun(dirname(join(root, file)), relative(root, dirname(join(root, file))), problems));
  return { runs, problems };
}

function readRun(folder: string, name: string, problems: DownhillError[]): ReportRun {
  const path = join(folder, READINGS);
  const log = readJsonLines(readFileSync(path, 'utf8'), path);
  problems.push(...log.problems);
  const { run = { name: basename(folder), settings: {} }, readings } = log;
  const outcome = readOutcome(join(folder, OUTCOME), problems);
  return { ends: readResult(join(folder, RESULT)), ...outcome, readings, run: { ...run, name: name === '' ? run.name : name } };
}

function readOutcome(path: string, problems: DownhillError[]): RunOutcome {
  if (!existsSync(path)) return {};
  try {
    return outcomeFrom(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (!isDownhillError(error)) throw error;
    problems.push(error);
    return {};
  }
}

/** Only what a cell can show: no lists, no tables. */
function readResult(path: string): Readonly<Record<string, Json>> {
  if (!existsSync(path)) return {};
  try {
    const result = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, Json>> | null;
    return Object.fromEntries(Object.entries(result ?? {}).filter(([, value]) => typeof value === 'number' || typeof value === 'string'));
  } catch {
    return {}; // it belongs to another program
  }
}
