import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DownhillError, isDownhillError } from '@downhill/core';
import { curvesFileRuns } from '@downhill/diagnostics';
import { Command, CommanderError } from 'commander';
import { confusion } from './confusion.ts';
import { diagnosed, type Diagnosed } from './diagnosed.ts';
import { confusionLines, diagnosisLines } from './report.ts';

/** Where the command writes, and where the user stands. */
export interface Surroundings {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Relative files start here. */
  readonly directory: string;
}

/** A wrong use of the command, or a file that it cannot read, ends with this. */
const BAD_USE = 2;

/**
 * `doctor FILE [--json]`.
 *
 * @returns The exit code: 0, or 2 for a bad option and for a file that is not of the format.
 */
export function doctor(args: readonly string[], { out, err, directory }: Surroundings): number {
  const command = new Command('doctor')
    .description('Says what the curve doctor finds in the runs of a file; where they have labels, how often it is right.')
    .argument('<file>', 'JSON: { "runs": [{ "train_loss": [...], "val_loss": [...], ... }] }')
    .option('--json', 'machine-readable results on stdout', false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: (text) => err(text.trimEnd()) })
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const runs = diagnosed(curvesFileRuns(contentOf(resolve(directory, command.args[0] ?? ''))));
    const { json } = command.opts<{ readonly json: boolean }>();
    for (const line of json ? [JSON.stringify(jsonOf(runs), undefined, 2)] : linesOf(runs)) out(line);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USE;
    if (!isDownhillError(error)) throw error;
    err(`doctor: ${error.message}`);
    return BAD_USE;
  }
}

const isLabelled = (runs: readonly Diagnosed[]): boolean => runs.some(({ label }) => label !== undefined);

const linesOf = (runs: readonly Diagnosed[]): readonly string[] =>
  isLabelled(runs) ? confusionLines(confusion(runs)) : runs.flatMap(diagnosisLines);

const jsonOf = (runs: readonly Diagnosed[]): object => ({ ...(isLabelled(runs) ? confusion(runs) : {}), runs });

/** @throws DownhillError `data-invalid` */
function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DownhillError({
      code: 'data-invalid',
      source: file,
      problem: `it cannot be read as JSON: ${why}`,
      advice: 'Name a file with { "runs": [...] }.',
      cause,
    });
  }
}
