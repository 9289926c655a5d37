import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesUnder, fingerprint, hashes } from './fingerprint.js';
import { pnpm } from './pnpm.js';
import { phase } from './progress.js';
import { stamp, stamped } from './stamp.js';
import { closure } from './workspace.js';

const outputs = ['dist', 'dist-web'];

/** Builds a package and those of ours that it needs, unless sources and results are those of the last build. @param {string} name */
export async function build(name) {
  const packages = closure(name);
  const note = `build-${basename(name)}`;
  if (stamped(note, fingerprint(new Map([...sources(packages), ...results(packages)])))) return;
  const before = sources(packages);
  await phase('build', (onLine) => pnpm(['exec', 'turbo', 'run', 'build', `--filter=${name}...`, '--output-logs=new-only'], { onLine }));
  const after = sources(packages);
  const edited = [...before].some(([file, hash]) => after.get(file) !== hash); // while it was building
  if (!edited) stamp(note, fingerprint(new Map([...after, ...results(packages)])));
}

/** @param {import('./workspace.js').Package[]} packages */
function sources(packages) {
  const skipped = new Set(['node_modules', ...outputs, '.turbo', 'coverage', 'reports']);
  return hashes(
    packages.flatMap(({ folder }) => filesUnder(folder, (name) => !skipped.has(name) && !/\.(test|test-d)\.ts$|\.md$/.test(name))),
  );
}

/** @param {import('./workspace.js').Package[]} packages */
function results(packages) {
  const folders = packages.flatMap(({ folder }) => outputs.map((output) => join(folder, output))).filter((folder) => existsSync(folder));
  return hashes(folders.flatMap((folder) => filesUnder(folder, () => true)));
}
