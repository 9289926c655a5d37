import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packAll } from './pack.js';
import { installed, publicPackages } from './public-packages.js';
import { run } from './run.js';

/**
 * Packs what we publish and installs the archives in `folder`. The peers are links to those of this workspace, so that
 * no network is needed.
 *
 * @param {string} folder
 */
export async function emptyProject(folder) {
  mkdirSync(folder, { recursive: true });
  const archives = await packAll(folder);
  const ours = Object.fromEntries(Object.entries(archives).map(([name, archive]) => [name, `file:${archive}`]));
  const peers = Object.fromEntries(
    publicPackages().flatMap(({ folder: source, manifest }) =>
      Object.keys(manifest.peerDependencies ?? {}).map((name) => [name, `link:${installed(source, name)}`]),
    ),
  );
  const manifest = { name: 'empty', private: true, type: 'module', dependencies: { ...ours, ...peers }, pnpm: { overrides: ours } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await run(
    folder,
    'pnpm',
    'install',
    '--ignore-workspace',
    '--prefer-offline',
    '--config.auto-install-peers=false',
    '--config.strict-peer-dependencies=false',
  );
}
