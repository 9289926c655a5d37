import { Command, InvalidArgumentError } from 'commander';

/** What the command line of `downhill-worker` says. */
export interface WorkerOptions {
  readonly redis: string;
  readonly objective: string;
  readonly study?: string;
  readonly concurrency: number;
  readonly lostAfter: number;
}

/** Where a command writes. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const atLeast =
  (low: number, integer: boolean) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= low && (!integer || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`It must be a ${integer ? 'whole ' : ''}number, at least ${low}.`);
  };

/** @throws CommanderError where the arguments are wrong, after saying so, and where help was asked for, after giving it. */
export function workerOptions(args: readonly string[], { out, err }: Output): WorkerOptions {
  const command = new Command('downhill-worker')
    .description('Takes trials of a study from a Redis and runs them, until Ctrl-C.')
    .requiredOption('--redis <url>', 'where the Redis is: redis://user:password@host:6379/0')
    .requiredOption('--objective <module>', 'the module that exports `objective`; one in TypeScript needs tsx')
    .option('--study <name>', 'the study whose trials to take (default: the one that is being optimized at that Redis)')
    .option('--concurrency <n>', 'trials at a time, each in a thread of its own', atLeast(1, true), 1)
    .option(
      '--lost-after <seconds>',
      'a worker without a sign of life for so long loses its trials to others; the same for all workers',
      atLeast(0.1, false),
      30,
    )
    .configureOutput({
      writeOut: (text) => out(text.trimEnd()),
      writeErr: (text) => err(`downhill-worker: ${text.trimEnd().replace(/^error: /, '')} See downhill-worker --help.`),
    })
    .showSuggestionAfterError(false)
    .allowExcessArguments(false)
    .exitOverride();
  command.parse(args, { from: 'user' });
  return command.opts<WorkerOptions>();
}
