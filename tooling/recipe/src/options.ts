import { checkNumber, isDownhillError } from '@downhill/core';
import { Command, CommanderError } from 'commander';

/** What the command line asks for. */
export interface Options {
  readonly seed: number;
  /** A walk of seconds, to see what it is like. */
  readonly quick: boolean;
  /** The folder of the page. */
  readonly out?: string;
}

/** Ends the program: its one line, and exit code 2. */
export class UsageError extends Error {}

/** @returns `undefined` where help was asked for and shown. @throws UsageError with one line */
export function readOptions(argv: readonly string[]): Options | undefined {
  const command = new Command('npm run recipe --')
    .description('Walks the seven steps to good settings on MNIST, with the network of npm start, and writes a page about it.')
    .option('--seed <number>', 'decides the first weights, the order of the images and which are held out', number, 1)
    .option('--quick', 'a walk of seconds, with few images', false)
    .option('--out <folder>', 'the folder of the page (default: a new one in runs/)')
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  try {
    command.parse([...argv], { from: 'user' });
    const options = command.opts<Options>();
    checkNumber('npm run recipe', { '--seed': options.seed }, { integer: true });
    return options;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    if (error instanceof CommanderError) throw new UsageError(error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '));
    if (isDownhillError(error)) throw new UsageError(error.message.replace(/^\[[\w-]+\] [\w ]+: /, ''));
    throw error;
  }
}

/** A number, or the text itself, which the check then refuses with all that it knows. */
function number(text: string): unknown {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}
