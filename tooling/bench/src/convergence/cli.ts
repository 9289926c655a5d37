import { Command, InvalidArgumentError, Option } from 'commander';
import { NAME, SUMMARY } from './about.ts';
import type { Problem } from './problem.ts';
import { problems } from './problems.ts';

/** Runs of each rule that make a result that readers are shown. */
export const SEEDS = 5;

/** What the command line asks for. */
export interface ConvergenceWish {
  readonly problems: readonly Problem[];
  readonly seeds: number;
  readonly quick: boolean;
  readonly draw: boolean;
  readonly json: boolean;
  readonly folder?: string;
}

type Given = Partial<Omit<ConvergenceWish, 'problems'>> & { readonly case?: readonly string[] };

/** Reads the arguments after `convergence`. @throws CommanderError when they make no sense, after one line about it to `complain`. */
export function readConvergenceArguments(args: readonly string[], complain: (line: string) => void): ConvergenceWish {
  const known = problems.map(({ name }) => name).join(', ');
  const program = new Command(`npm run bench -- ${NAME}`)
    .description(`Counts ${SUMMARY}; medians over several seeds, none of which was tuned on.`)
    .option('--json', 'only JSON on standard output')
    .option('--case <names...>', `only these problems: ${known}`)
    .addOption(new Option('--seeds <count>', 'runs of each rule, from seed 1 on').default(SEEDS).argParser(seedCount))
    .option('--folder <folder>', 'where findings are kept; one that holds some is gone on with (default: a new one in runs/)')
    .option('--quick', 'next to no training, in seconds: shows that all works, and nothing else')
    .addOption(
      new Option('--draw', 'no training: only the table and the chart, of what was found last').conflicts(['case', 'folder', 'quick']),
    )
    .configureOutput({ writeErr: complain })
    .showSuggestionAfterError(false)
    .exitOverride();
  program.parse([...args], { from: 'user' });
  const { json = false, quick = false, draw = false, case: names = [], seeds = SEEDS, folder } = program.opts<Given>();
  const unknown = names.find((name) => problems.every((problem) => problem.name !== name));
  if (unknown !== undefined) program.error(`error: ${NAME} has no case '${unknown}'. Known: ${known}.`);
  const chosen = names.length === 0 ? problems : problems.filter(({ name }) => names.includes(name));
  return { problems: chosen, seeds, quick, draw, json, ...(folder === undefined ? {} : { folder }) };
}

function seedCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw new InvalidArgumentError('A whole number from 1 to 1000 is needed.');
  return count;
}

/** What to type for the same again, less the folder and how it is printed. */
export function commandLine({ problems: chosen, seeds, quick }: ConvergenceWish): string {
  const cases = chosen.length === problems.length ? [] : ['--case', ...chosen.map(({ name }) => name)];
  return ['npm run bench --', NAME, ...cases, ...(seeds === SEEDS ? [] : [`--seeds ${seeds}`]), ...(quick ? ['--quick'] : [])].join(' ');
}

/** Whether a run is one that readers can be shown. */
export const isWhole = ({ problems: chosen, seeds, quick }: ConvergenceWish): boolean =>
  !quick && seeds >= SEEDS && chosen.length === problems.length;
