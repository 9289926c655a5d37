// npm run bench -- NAME [--json]
import { CommanderError } from 'commander';
import { readArguments } from './cli.ts';
import { reportText } from './report/table.ts';
import { runBenchmark } from './run-benchmark.ts';

const FAILURE = 1;
const MISUSE = 2;

const complain = (line: string): void => void process.stderr.write(line);

try {
  const { benchmark, cases, json } = readArguments(process.argv.slice(2), complain);
  const report = await runBenchmark(benchmark, cases, (line) => complain(`${line}\n`));
  process.stdout.write(`${json ? JSON.stringify(report, undefined, 2) : reportText(report)}\n`);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSE;
  else {
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = FAILURE;
  }
}
