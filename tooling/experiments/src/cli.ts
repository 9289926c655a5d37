import { Command, InvalidArgumentError, Option } from 'commander';
import type { DataSet, Experiment } from './experiment.ts';
import { experiments } from './experiments.ts';

/** What the command line asks for. */
export interface Wish {
  readonly experiment: Experiment;
  readonly dataSets: readonly DataSet[];
  readonly seeds: number;
  readonly quick: boolean;
  readonly json: boolean;
  readonly folder?: string;
}

/** Trainings of each kind that make a result that readers are shown. */
export const seedsOf = ({ seeds = 5 }: Experiment): number => seeds;

interface Given {
  readonly seeds?: number;
  readonly data?: readonly string[];
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly folder?: string;
}

/** Reads the arguments after the program's name. @throws CommanderError when they make no sense, after one line about it to `complain`. */
export function readArguments(args: readonly string[], complain: (line: string) => void): Wish {
  const program = new Command('npm run bench --')
    .description('Trains networks with and without something, over several seeds, and says whether it makes a difference.')
    .argument('<name>', `the experiment: ${experiments.map(({ name, summary }) => `${name} (${summary})`).join('; ')}`, findExperiment)
    .addOption(
      new Option('--seeds <count>', 'trainings of each kind, from seed 1 on (default: as many as the result is shown with)').argParser(
        seedCount,
      ),
    )
    .option('--data <names...>', 'only these data sets')
    .option('--folder <folder>', 'where results are kept; one that holds some is gone on with (default: a new one in runs/)')
    .option('--json', 'only JSON on standard output')
    .option('--quick', 'next to no training, in seconds: shows that all works, and nothing else')
    .configureOutput({ writeErr: complain })
    .showSuggestionAfterError(false)
    .exitOverride();
  program.parse([...args], { from: 'user' });
  const [experiment] = program.processedArgs as [Experiment];
  const { seeds = seedsOf(experiment), data = [], quick = false, json = false, folder } = program.opts<Given>();
  const unknown = data.find((name) => experiment.dataSets.every((candidate) => candidate.name !== name));
  if (unknown !== undefined) program.error(`error: ${experiment.name} has no data '${unknown}'. Known: ${list(experiment.dataSets)}.`);
  const dataSets = data.length === 0 ? experiment.dataSets : experiment.dataSets.filter(({ name }) => data.includes(name));
  return { experiment, dataSets, seeds, quick, json, ...(folder === undefined ? {} : { folder }) };
}

function findExperiment(name: string): Experiment {
  const found = experiments.find((experiment) => experiment.name === name);
  if (found === undefined) throw new InvalidArgumentError(`Known: ${list(experiments)}.`);
  return found;
}

function seedCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 2 || count > 1000)
    throw new InvalidArgumentError('A whole number from 2 on is needed: one training alone says nothing about noise.');
  return count;
}

const list = (named: readonly { readonly name: string }[]): string => named.map(({ name }) => name).join(', ');
