import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryOf, manifestIn } from './entry-of.ts';
import { SOURCE_FIRST } from './plugin-file.ts';

const PACKAGES = fileURLToPath(new URL('../../../../../packages/', import.meta.url));

/** The plugins of this repository: the entries of all packages with `"downhill": { "plugin": ... }` in their manifest. */
export function workspacePlugins(packages: string = PACKAGES): readonly string[] {
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .filter((folder) => manifestIn(folder)?.downhill?.plugin !== undefined)
    .map((folder) => entryOf(folder, SOURCE_FIRST) ?? folder);
}
