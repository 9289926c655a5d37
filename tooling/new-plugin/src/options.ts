import { Command, CommanderError } from 'commander';
import { KIND_NAMES } from './kinds.ts';
import { UsageError } from './usage-error.ts';

/** What the command line asks for. */
export interface Options {
  readonly kind: string;
  readonly name: string;
  /** The folder of a project of its own. */
  readonly standalone?: string;
  /** The name of its package. */
  readonly package?: string;
  /** A folder with archives of our packages. */
  readonly from?: string;
}

const EXAMPLES = `
Examples:
  $ npm run new:plugin -- optimizer tiger
  $ npm run new:plugin -- schedule sawtooth --standalone ../sawtooth --package @me/sawtooth`;

/** @returns `undefined` where help was asked for and shown. @throws UsageError with one line */
export function readOptions(argv: readonly string[]): Options | undefined {
  const command = new Command('npm run new:plugin --')
    .description(
      'Writes a package for a new plugin: the rule, its tests, README, manifest and changeset. It trains in npm start by its name.',
    )
    .argument('<kind>', KIND_NAMES.join(', '))
    .argument('<name>', 'of the factory, such as tiger or my-rule')
    .option('--standalone <folder>', 'a project of its own outside of this repository (default: a package in packages/)')
    .option('--package <name>', 'of the package (default: @downhill/<name>, and downhill-<name> for a project of its own)')
    .option('--from <folder>', 'take our packages from the archives there, as pnpm pack writes them (default: from the registry)')
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(`${error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')}. See npm run new:plugin -- --help.`);
  }
  const [kind = '', name = ''] = command.args;
  const options = command.opts<Omit<Options, 'kind' | 'name'>>();
  if (options.from !== undefined && options.standalone === undefined)
    throw new UsageError('`--from` is for `--standalone`: a package of this repository takes the others as they are');
  return { kind, name, ...options };
}
