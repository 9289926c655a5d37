// npm run bench -- NAME [OPTIONS]
import { experiments, runExperiment, UsageError } from '@downhill/experiments';
import { CommanderError } from 'commander';
import { readArguments } from './cli.ts';
import { reportText } from './report/table.ts';
import { runBenchmark } from './run-benchmark.ts';

const FAILURE = 1;
const MISUSE = 2;

const complain = (line: string): void => void process.stderr.write(line);

async function runMeasurement(args: readonly string[]): Promise<number> {
  const { benchmark, cases, json } = readArguments(args, complain);
  const report = await runBenchmark(benchmark, cases, (line) => complain(`${line}\n`));
  process.stdout.write(`${json ? JSON.stringify(report, undefined, 2) : reportText(report)}\n`);
  return 0;
}

try {
  const args = process.argv.slice(2);
  const run = experiments.some(({ name }) => name === args[0]) ? runExperiment : runMeasurement;
  process.exitCode = await run(args);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSE;
  else {
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.DEBUG !== undefined) console.error(error);
    process.exitCode = error instanceof UsageError ? MISUSE : FAILURE;
  }
}
