import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of one of these names: the one that a variable of the environment names, else the first on the PATH. */
export function findProgram(variable: string, names: readonly string[], places: readonly string[] = []): string | undefined {
  const named = process.env[variable] ?? '';
  if (named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`${variable} names ${named}, and there is no such file`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find((file) => existsSync(file));
}
