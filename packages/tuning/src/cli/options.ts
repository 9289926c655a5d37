import { checkNumber, checkOneOf, isDownhillError, type Direction, type Json } from '@downhill/core';
import { Command, CommanderError } from 'commander';
import { pluginNames } from './plugins.ts';
import { UsageError } from './usage-error.ts';

/** What the command line asks for. */
export interface Options {
  readonly space?: string;
  readonly objective: string;
  readonly trials?: number;
  readonly timeout?: number;
  readonly parallel?: number;
  readonly threads?: number;
  readonly redis?: string;
  readonly sampler: string;
  readonly samplerOptions?: Json;
  readonly pruner?: string;
  readonly prunerOptions?: Json;
  readonly direction?: Direction;
  readonly seed?: number;
  readonly name: string;
  readonly storage?: string;
  readonly enqueue?: readonly Json[];
  readonly settle?: number;
  readonly report?: string;
  readonly svg?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
The objective is a module that exports a function \`objective\` of a trial, or one as its default. It may export \`space\` too.

  export const objective = async ({ settings, seed, report }) => loss;

The space is a JSON file, or what the module exports:

  { "rate": { "kind": "float", "low": 0.0001, "high": 0.1, "log": true },
    "layers": { "kind": "int", "low": 1, "high": 4 },
    "optimizer": { "kind": "categorical", "choices": ["sgd", "adam"] } }

Examples:
  $ downhill-tune --space space.json --objective ./objective.js --trials 50
  $ downhill-tune --objective ./objective.ts --trials 200 --threads 4 --pruner asha --storage study.journal --report report.html
  $ downhill-tune --objective ./objective.js --trials 200 --parallel 8 --redis redis://host:6379 --storage study.journal

The best trial is printed as JSON; what happens on the way goes to stderr. Exit codes: 0; 1 where no trial is complete; 2 for what cannot be
begun; 130 after Ctrl-C, after which the same command goes on where there is a storage.`;

/** @returns `undefined` where help was asked for and shown. @throws UsageError with one line */
export function readOptions(argv: readonly string[]): Options | undefined {
  const command = new Command('downhill-tune')
    .description('Searches the settings with which an objective comes to its best value.')
    .requiredOption('--objective <module>', 'the module with the objective; one in TypeScript is read through tsx')
    .option('--space <file>', 'what is searched, as JSON (default: what the module exports as `space`)')
    .option('--trials <n>', 'how many trials the study is to have, those that it has included', number)
    .option('--timeout <seconds>', 'after which no trial is begun', number)
    .option('--parallel <n>', 'trials at a time, in one thread (default: 1)', number)
    .option('--threads <n>', 'trials at a time, each in a thread of its own', number)
    .option('--redis <url>', 'where downhill-worker takes the trials, on any host; --parallel says how many at a time')
    .option('--sampler <name>', pluginNames('sampler'), 'tpe')
    .option('--sampler-options <json>', 'options of the sampler, such as {"startupTrials":20}', json)
    .option('--pruner <name>', `${pluginNames('pruner')} (default: none)`)
    .option('--pruner-options <json>', 'options of the pruner, such as {"reductionFactor":3}', json)
    .option('--direction <word>', 'minimize or maximize (default: as the study was, or minimize)')
    .option('--seed <n>', 'what everything random is drawn from (default: as the study was, or 0)', number)
    .option('--name <name>', 'of the study', 'study')
    .option('--storage <file>', "a journal that keeps the study, in Optuna's format; a study that it has goes on (default: none is kept)")
    .option('--enqueue <json>', 'settings to try first; may be given several times', (text, all: readonly Json[] = []) => [
      ...all,
      json(text),
    ])
    .option('--settle <n>', 'then measure the best trials again, up to n times each, until one stands out of the noise', number)
    .option('--report <file>', 'write a page about the study')
    .option('--svg <folder>', 'write its pictures')
    .option('--json', 'print the whole study as JSON in place of the best trial')
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  try {
    command.parse([...argv], { from: 'user' });
    return checked(command.opts<Options>());
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    if (error instanceof CommanderError)
      throw new UsageError(`${error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')}. See downhill-tune --help.`);
    if (isDownhillError(error)) throw new UsageError(error.message.replace(/^\[[\w-]+\] [\w-]+: /, ''));
    throw error;
  }
}

function checked(options: Options): Options {
  const { trials, timeout, parallel, threads, redis, seed, settle, direction, sampler, name } = options;
  const given = (values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const source = 'downhill-tune';
  checkNumber(source, given({ '--trials': trials, '--parallel': parallel, '--threads': threads }), { min: 1, integer: true });
  checkNumber(source, given({ '--timeout': timeout }), { above: 0 });
  checkNumber(source, given({ '--seed': seed }), { integer: true });
  checkNumber(source, given({ '--settle': settle }), { min: 2, integer: true });
  if (direction !== undefined) checkOneOf(source, '--direction', direction, ['minimize', 'maximize']);
  if (name === '') throw new UsageError('`--name` must be a text.');
  for (const [other, value] of Object.entries({ parallel, redis }))
    if (value !== undefined && threads !== undefined) throw new UsageError(`\`--${other}\` and \`--threads\` cannot both be given.`);
  if (trials === undefined && timeout === undefined && sampler !== 'grid')
    throw new UsageError('say when it is to end: `--trials`, `--timeout`, or both.');
  return options;
}

/** A number, or the text itself, which the check then refuses with all that it knows. */
function number(text: string): unknown {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

function json(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UsageError(`${text} is not JSON (${(error as Error).message}).`);
  }
}
