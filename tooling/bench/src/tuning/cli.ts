import { Command, InvalidArgumentError, Option } from 'commander';
import type { Problem } from './problem.ts';
import { problems } from './problems.ts';

export const NAME = 'tuning';
export const SUMMARY = 'our samplers against random search and Optuna’s TPE, on six problems';

/** What the command line asks for. */
export interface TuningWish {
  readonly problems: readonly Problem[];
  readonly seeds: number;
  readonly json: boolean;
}

/** Reads the arguments after `tuning`. @throws CommanderError when they make no sense, after one line about it to `complain`. */
export function readTuningArguments(args: readonly string[], complain: (line: string) => void): TuningWish {
  const program = new Command(`npm run bench -- ${NAME}`)
    .description(`Compares ${SUMMARY}: the best value after 50 and 100 trials, over several seeds.`)
    .option('--json', 'only JSON on standard output')
    .option('--case <names...>', `only these problems: ${problems.map(({ name }) => name).join(', ')}`)
    .addOption(new Option('--seeds <count>', 'studies of each kind').default(20).argParser(seedCount))
    .configureOutput({ writeErr: complain })
    .showSuggestionAfterError(false)
    .exitOverride();
  program.parse([...args], { from: 'user' });
  const { json = false, case: names = [], seeds } = program.opts<{ json?: boolean; case?: readonly string[]; seeds: number }>();
  const unknown = names.find((name) => problems.every((problem) => problem.name !== name));
  if (unknown !== undefined)
    program.error(`error: ${NAME} has no case '${unknown}'. Known: ${problems.map(({ name }) => name).join(', ')}.`);
  return { json, seeds, problems: names.length === 0 ? problems : problems.filter(({ name }) => names.includes(name)) };
}

function seedCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 2 || count > 1000) throw new InvalidArgumentError('A whole number from 2 to 1000 is needed.');
  return count;
}
