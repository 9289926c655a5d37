import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, hashes } from './fingerprint.js';
import { pnpm } from './pnpm.js';
import { phase } from './progress.js';
import { root } from './root.js';
import { stamp, stamped } from './stamp.js';
import { workspace } from './workspace.js';

/** Installs what the lockfile says, unless nothing that decides it has changed since the last time. */
export async function install() {
  const packages = [...workspace().values()];
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'].map((name) => join(root, name));
  files.push(...packages.map(({ folder }) => join(folder, 'package.json')));
  const value = `${process.version} ${process.platform} ${process.arch} ${fingerprint(hashes(files.filter((file) => existsSync(file))))}`;
  const present = packages.every(({ folder, manifest }) => {
    const needs = { ...manifest.dependencies, ...manifest.devDependencies };
    return Object.keys(needs).every((name) => existsSync(join(folder, 'node_modules', name)));
  });
  if (present && stamped('install', value)) return;
  await phase('install packages', (onLine) =>
    pnpm(['install', '--frozen-lockfile', '--prefer-offline', '--config.confirm-modules-purge=false', '--reporter=append-only'], {
      onLine,
    }),
  );
  stamp('install', value);
}
