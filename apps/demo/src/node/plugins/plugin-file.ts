import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { entryOf } from './entry-of.ts';

/** A plugin as a run keeps it. */
export interface PluginFile {
  readonly file: string;
  /** Of the file's text: whether it is still what the run began with. */
  readonly sha256: string;
}

/** The conditions of a package's `exports` under which its own repository reads it: the source needs no build. */
export const SOURCE_FIRST = ['@downhill/source', 'import', 'default'] as const;
const BUILT = ['import', 'default'] as const;

const PACKAGE_NAME = /^(@[\w.-]+\/)?\w[\w.-]*$/;

/**
 * The file of a plugin that is named by a path (of a file, or of a package's folder) or as an installed package.
 *
 * @param from The folder in which the user stands.
 * @throws UsageError where there is none.
 */
export function pluginFile(said: string, from: string): PluginFile {
  const path = resolve(from, said);
  const file = existsSync(path) ? inPath(path) : inPackages(said, from);
  if (file === undefined)
    throw new UsageError(
      PACKAGE_NAME.test(said)
        ? `\`--plugin\`: no package ${said} is installed in ${from} or above it; for a file write ./my-rule.ts`
        : `\`--plugin\`: there is no module ${path}; a package is built first`,
    );
  return { file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

const inPath = (path: string): string | undefined => (statSync(path).isDirectory() ? entryOf(path, SOURCE_FIRST) : path);

/** @returns The entry of the nearest package of that name. */
function inPackages(name: string, from: string): string | undefined {
  if (!PACKAGE_NAME.test(name)) return undefined;
  const folders = createRequire(join(from, 'index.js')).resolve.paths(name) ?? [];
  const folder = folders.map((modules) => join(modules, name)).find((each) => existsSync(each));
  return folder === undefined ? undefined : entryOf(folder, BUILT);
}
