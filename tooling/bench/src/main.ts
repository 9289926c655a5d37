// npm run bench -- NAME [--json]
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Benchmark, BenchmarkCase } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import { reportText } from './report/table.ts';
import { runBenchmark } from './run-benchmark.ts';

const MISUSE = 2;

function findBenchmark(name: string): Benchmark {
  const found = benchmarks.find((benchmark) => benchmark.name === name);
  if (found === undefined) throw new InvalidArgumentError(`Known: ${benchmarks.map((benchmark) => benchmark.name).join(', ')}.`);
  return found;
}

function casesNamed(benchmark: Benchmark, names: readonly string[]): readonly BenchmarkCase[] {
  const unknown = names.find((name) => !benchmark.cases.some((candidate) => candidate.name === name));
  if (unknown === undefined) return names.length === 0 ? benchmark.cases : benchmark.cases.filter(({ name }) => names.includes(name));
  return program.error(`error: ${benchmark.name} has no case '${unknown}'. Known: ${benchmark.cases.map(({ name }) => name).join(', ')}.`);
}

const program = new Command('npm run bench --')
  .description('Measures ours against its peers, alternately, and prints ratios of medians.')
  .argument('<name>', `the benchmark: ${benchmarks.map(({ name, summary }) => `${name} (${summary})`).join('; ')}`, findBenchmark)
  .option('--json', 'only JSON on standard output; progress goes to standard error')
  .option('--case <names...>', 'only these cases')
  .exitOverride()
  .action(async (benchmark: Benchmark, { json = false, case: names = [] }: { json?: boolean; case?: readonly string[] }) => {
    const report = await runBenchmark(benchmark, casesNamed(benchmark, names), (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`${json ? JSON.stringify(report, undefined, 2) : reportText(report)}\n`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSE; // commander has said what is wrong
  else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
