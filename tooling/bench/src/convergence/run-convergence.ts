import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isDownhillError } from '@downhill/core';
import { stopSignal } from '@downhill/demo/node';
import { json, progressView } from '@downhill/experiments';
import { projectFolder } from '@downhill/experiments/text';
import { NAME } from './about.ts';
import { commandLine, isWhole, readConvergenceArguments, SEEDS } from './cli.ts';
import { measureAll } from './measure-all.ts';
import { publish, RESULT } from './publish.ts';
import type { ConvergenceReport } from './report.ts';
import { convergenceText } from './text.ts';

const STOPPED = 130; // as a shell reports Ctrl-C

/** The command line: measures what is not measured yet, and reports. @returns the exit code */
export async function runConvergence(args: readonly string[]): Promise<number> {
  const wish = readConvergenceArguments(args, (line) => void process.stderr.write(line));
  const view = progressView();
  const report = async (made: ConvergenceReport, shown: boolean): Promise<number> => {
    process.stdout.write(wish.json ? json(made) : `${convergenceText(made)}\n`);
    if (shown) view.say(`written: ${(await publish(made)).join(', ')}`);
    else view.say(`nothing else is written: readers are shown what all problems and at least ${SEEDS} seeds gave`);
    return 0;
  };
  if (wish.draw) return report(JSON.parse(readFileSync(join(projectFolder, RESULT), 'utf8')) as ConvergenceReport, true);

  const signal = stopSignal();
  const from = process.env.INIT_CWD ?? process.cwd(); // where the user stands
  const folder = resolve(from, wish.folder ?? `runs/${NAME}-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}`);
  const shown = relative(from, folder).startsWith('..') ? folder : relative(from, folder) || '.';
  view.say(`findings are kept in ${shown}`);
  try {
    return await report(await measureAll(wish, { folder, signal, view }), isWhole(wish));
  } catch (error) {
    if (!signal.aborted || !isStop(error)) throw error;
    view.say(`stopped; ${commandLine(wish)} --folder ${shown} goes on`);
    return STOPPED;
  } finally {
    view.end();
  }
}

const isStop = (error: unknown): boolean => (isDownhillError(error) ? error.code === 'aborted' : (error as Error).name === 'AbortError');
