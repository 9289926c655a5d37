import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { discover, NothingFound } from './discover.ts';
import { backends, type Backend, type Family } from './family.ts';
import { replayFile, type FileReport } from './replay.ts';
import { fileLine, lastLine, summary } from './report.ts';

/** Where the command writes, and where the user stands. */
export interface Surroundings {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Relative directories start here. */
  readonly directory: string;
  readonly families: readonly Family[];
}

interface Options {
  readonly backend: Backend | 'all';
  readonly json: boolean;
}

/** The project's own copy of the files that it covers. */
export const ownData: string = fileURLToPath(new URL('../data', import.meta.url));

/** A wrong use of the command ends with this. */
const BAD_USE = 2;

/**
 * `golden [DIR...] [--backend cpu|wasm|tfjs|all] [--json]`.
 *
 * @returns The exit code: 0, 1 where a file failed, 2 for a bad option or directory.
 */
export async function golden(args: readonly string[], { out, err, directory, families }: Surroundings): Promise<number> {
  const command = new Command('golden')
    .description('Replays the numbers of the original implementations against ours.')
    .argument(
      '[dir...]',
      'directories of reference files: a family (optimizers, schedulers, ...) or a directory of families (default: our own copy)',
    )
    .addOption(
      new Option('--backend <name>', 'where update rules run; tfjs: without fused kernels').choices([...backends, 'all']).default('all'),
    )
    .option('--json', 'machine-readable results on stdout', false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: (text) => err(text.trimEnd()) })
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const { backend, json } = command.opts<Options>();
    const paths = command.args.length === 0 ? [ownData] : command.args.map((path) => resolve(directory, path));
    const found = discover(
      paths,
      families.map(({ name }) => name),
    );
    const width = Math.max(...found.map(({ family, name }) => `${family}/${name}`.length));
    const chosen = backend === 'all' ? backends : [backend];
    const files: FileReport[] = [];
    for (const item of found) {
      const file = await replayFile(item, families, chosen);
      files.push(file);
      (json ? err : out)(fileLine(file, width));
    }
    const total = summary(files);
    if (json) out(JSON.stringify({ backends: chosen, ...total, files }, undefined, 2));
    else out(lastLine(total));
    return total.failed > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USE;
    if (!(error instanceof NothingFound)) throw error;
    err(`golden: ${error.message}`);
    return BAD_USE;
  }
}
