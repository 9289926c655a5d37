import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What we read of a package's manifest. */
export interface Manifest {
  readonly name?: string;
  readonly main?: string;
  readonly exports?: unknown;
  /** What marks a package of this repository whose factories `npm start` makes known. */
  readonly downhill?: { readonly plugin?: string };
}

/** The manifest of a package's folder; `undefined` where there is none. */
export function manifestIn(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

/** The file that a package's folder is imported by: of the conditions in its `exports` the first that there is. */
export function entryOf(folder: string, conditions: readonly string[]): string | undefined {
  const { exports, main = 'index.js' } = manifestIn(folder) ?? {};
  const entry = within(exports, '.') ?? exports;
  const targets = [entry, ...conditions.map((condition) => within(entry, condition)), main];
  return targets
    .filter((target) => typeof target === 'string')
    .map((target) => join(folder, target))
    .find((file) => existsSync(file));
}

const within = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
