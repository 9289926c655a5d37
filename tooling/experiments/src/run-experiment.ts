import { relative, resolve } from 'node:path';
import { stopSignal } from '@downhill/demo/node';
import { seedsOf, readArguments, type Wish } from './cli.ts';
import { machine } from './report/machine.ts';
import { markdown } from './report/markdown.ts';
import { publish } from './report/publish.ts';
import { reportOf } from './report/report.ts';
import { codeVersion } from './run/code-version.ts';
import { progressView } from './run/progress-view.ts';
import { json, resultsIn } from './run/results.ts';
import { runTrials } from './run/run-trials.ts';
import { trialsOf } from './trials.ts';

const STOPPED = 130; // as a shell reports Ctrl-C

/** The command line: trains what is not trained yet, and reports. @returns the exit code */
export async function runExperiment(args: readonly string[]): Promise<number> {
  const wish = readArguments(args, (line) => process.stderr.write(line));
  const { experiment, dataSets } = wish;
  const signal = stopSignal();
  const from = process.env.INIT_CWD ?? process.cwd(); // where the user stands
  const folder = resolve(from, wish.folder ?? `runs/${experiment.name}-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}`);
  const shown = relative(from, folder).startsWith('..') ? folder : relative(from, folder) || '.';
  const again = `${commandLine(wish)} --folder ${shown}`;
  const results = resultsIn(folder);
  const trials = trialsOf(experiment, dataSets, wish);
  const finished = trials.flatMap((trial) => results.find(trial) ?? []); // first of all: it refuses a folder with other settings
  const view = progressView();
  const stopped = (): number => {
    view.say(`stopped; ${again} goes on`);
    return STOPPED;
  };

  view.say(`${trials.length} trials, results in ${shown}`);
  try {
    await experiment.prepare?.(dataSets, { signal, onPart: (part, parts, what) => view.update(parts, part, what) });
    if (signal.aborted) return stopped();
    const done = await runTrials({ experiment, trials, finished, results, signal, view, code: codeVersion() });
    if (done === undefined) return stopped();
    const report = reportOf(experiment, done, { command: commandLine(wish), machine: machine() });
    const text = markdown(report);
    results.writeReport('report.json', json(report));
    results.writeReport('report.md', text);
    process.stdout.write(wish.json ? json(report) : text);
    if (isWhole(wish)) view.say(`written: ${(await publish(experiment, report, done)).join(', ')}`);
    else view.say(`written to ${shown} only: readers are shown what all data and at least ${seedsOf(experiment)} seeds gave`);
    return 0;
  } finally {
    view.end();
  }
}

/** Whether a run is one that readers can be shown. */
const isWhole = ({ experiment, dataSets, seeds, quick }: Wish): boolean =>
  !quick && seeds >= seedsOf(experiment) && dataSets.length === experiment.dataSets.length;

/** What to type for the same again, less the folder and how it is printed. */
function commandLine({ experiment, dataSets, seeds, quick }: Wish): string {
  const data = dataSets.length === experiment.dataSets.length ? [] : ['--data', ...dataSets.map(({ name }) => name)];
  return ['npm run bench --', experiment.name, `--seeds ${seeds}`, ...data, ...(quick ? ['--quick'] : [])].join(' ');
}
