// npm run bench -- NAME [OPTIONS]
import { experiments, runExperiment, UsageError } from '@downhill/experiments';
import { CommanderError } from 'commander';
import { readArguments } from './cli.ts';
import { NAME as CONVERGENCE } from './convergence/about.ts';
import { show } from './report/show.ts';
import { reportText } from './report/table.ts';
import { runBenchmark } from './run-benchmark.ts';
import { NAME as TUNING, readTuningArguments } from './tuning/cli.ts';
import { tuningText } from './tuning/report-text.ts';
import { runTuning } from './tuning/run-tuning.ts';

const FAILURE = 1;
const MISUSE = 2;

const complain = (line: string): void => void process.stderr.write(line);

async function runMeasurement(args: readonly string[]): Promise<number> {
  const { benchmark, cases, json } = readArguments(args, complain);
  const report = await runBenchmark(benchmark, cases, (line) => complain(`${line}\n`));
  const { name, shown } = benchmark;
  process.stdout.write(`${json ? JSON.stringify(report, undefined, 2) : (shown?.text ?? reportText)(report)}\n`);
  if (shown !== undefined && cases.length === benchmark.cases.length)
    complain(`written: ${show(shown.readme, name, shown.text(report))}\n`);
  return 0;
}

async function runComparison(args: readonly string[]): Promise<number> {
  const wish = readTuningArguments(args.slice(1), complain);
  const report = await runTuning(wish, (line) => complain(`${line}\n`));
  process.stdout.write(`${wish.json ? JSON.stringify(report, undefined, 2) : tuningText(report)}\n`);
  return 0;
}

/** Trains networks, and so brings all of tfjs with it. */
async function runTowardsTargets(args: readonly string[]): Promise<number> {
  const { runConvergence } = await import('./convergence/run-convergence.ts');
  return runConvergence(args.slice(1));
}

function runnerOf(name: string | undefined): (args: readonly string[]) => Promise<number> {
  if (name === TUNING) return runComparison;
  if (name === CONVERGENCE) return runTowardsTargets;
  return experiments.some((experiment) => experiment.name === name) ? runExperiment : runMeasurement;
}

try {
  const args = process.argv.slice(2);
  process.exitCode = await runnerOf(args[0])(args);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSE;
  else {
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.DEBUG !== undefined) console.error(error);
    process.exitCode = error instanceof UsageError ? MISUSE : FAILURE;
  }
}
