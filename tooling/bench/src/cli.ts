import { experiments } from '@downhill/experiments';
import { Command, InvalidArgumentError } from 'commander';
import type { Benchmark, BenchmarkCase } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import * as convergence from './convergence/about.ts';
import * as tuning from './tuning/cli.ts';

/** What the command line asks for. */
export interface Wish {
  readonly benchmark: Benchmark;
  readonly cases: readonly BenchmarkCase[];
  readonly json: boolean;
}

/** Reads the arguments after the program's name. @throws CommanderError when they make no sense, after one line about it to `complain`. */
export function readArguments(args: readonly string[], complain: (line: string) => void): Wish {
  const program = new Command('npm run bench --')
    .description(
      'Measures ours against its peers, in turns, and prints ratios of median times; or trains networks with and without something, over several seeds, and compares.',
    )
    .argument(
      '<name>',
      `a benchmark: ${described(benchmarks)}; or what has options of its own: ${described(withOptionsOfTheirOwn)}`,
      findBenchmark,
    )
    .option('--json', 'only JSON on standard output')
    .option('--case <names...>', 'only these cases')
    .configureOutput({ writeErr: complain })
    .showSuggestionAfterError(false)
    .exitOverride();
  program.parse([...args], { from: 'user' });
  const [benchmark] = program.processedArgs as [Benchmark];
  const { json = false, case: names = [] } = program.opts<{ json?: boolean; case?: readonly string[] }>();
  const unknown = names.find((name) => benchmark.cases.every((candidate) => candidate.name !== name));
  if (unknown !== undefined) program.error(`error: ${benchmark.name} has no case '${unknown}'. Known: ${list(benchmark.cases)}.`);
  return { benchmark, json, cases: names.length === 0 ? benchmark.cases : benchmark.cases.filter(({ name }) => names.includes(name)) };
}

function findBenchmark(name: string): Benchmark {
  const found = benchmarks.find((benchmark) => benchmark.name === name);
  if (found === undefined) throw new InvalidArgumentError(`Known: ${list([...benchmarks, ...withOptionsOfTheirOwn])}.`);
  return found;
}

/** They measure no times, so their arguments are read elsewhere. */
const withOptionsOfTheirOwn = [convergence, tuning].map(({ NAME, SUMMARY }) => ({ name: NAME, summary: SUMMARY })).concat(experiments);

const described = (named: readonly { readonly name: string; readonly summary: string }[]): string =>
  named.map(({ name, summary }) => `${name} (${summary})`).join('; ');

const list = (named: readonly { readonly name: string }[]): string => named.map(({ name }) => name).join(', ');
