import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A reference file and the family that its directory names. */
export interface Found {
  readonly family: string;
  /** Its path in the family's directory, without `.json`. */
  readonly name: string;
  readonly path: string;
}

/** A directory that cannot be replayed: a bad argument of the command, not a failed file. */
export class NothingFound extends Error {
  override readonly name = 'NothingFound';
}

/**
 * The reference files under the given directories. A directory is a family where its name is one or it holds JSON files
 * itself; else it holds families.
 *
 * @throws NothingFound for a path that is not there, or without a JSON file under it.
 */
export function discover(paths: readonly string[], familyNames: readonly string[]): readonly Found[] {
  const found = new Map<string, Found>();
  for (const path of paths) {
    const files = filesUnder(resolve(path), familyNames);
    if (files.length === 0) throw new NothingFound(`'${path}' holds no reference files (*.json)`);
    for (const file of files) found.set(file.path, file);
  }
  return [...found.values()].toSorted((a, b) => compare(a.family, b.family) || compare(a.name, b.name) || compare(a.path, b.path));
}

function filesUnder(path: string, familyNames: readonly string[]): readonly Found[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new NothingFound(`'${path}' does not exist`);
  if (!stats.isDirectory()) return path.endsWith('.json') ? [{ family: basename(dirname(path)), name: basename(path, '.json'), path }] : [];
  const entries = readdirSync(path, { withFileTypes: true });
  if (familyNames.includes(basename(path)) || entries.some((entry) => entry.name.endsWith('.json'))) return familyFiles(path);
  return entries.flatMap((entry) => (isDirectory(join(path, entry.name)) ? filesUnder(join(path, entry.name), familyNames) : []));
}

function familyFiles(directory: string): readonly Found[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ family: basename(directory), name: file.slice(0, -'.json'.length), path: join(directory, file) }));
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
