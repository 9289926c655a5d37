import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages } from './public-packages.js';
import { run } from './run.js';

/**
 * Packs what we publish and installs the archives in `folder`. The peers are links to those of this workspace, so that
 * no network is needed.
 *
 * @param {string} folder
 */
export function emptyProject(folder) {
  /** @type {Record<string, string>} */
  const ours = {};
  /** @type {Record<string, string>} */
  const peers = {};
  for (const { folder: source, manifest } of publicPackages()) {
    const lines = run(source, 'pnpm', 'pack', '--pack-destination', folder).split('\n');
    ours[manifest.name] = `file:${lines.findLast((line) => line.endsWith('.tgz'))?.trim()}`;
    for (const name of Object.keys(manifest.peerDependencies ?? {})) peers[name] = `link:${installed(source, name)}`;
  }
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', private: true, type: 'module', dependencies: { ...ours, ...peers }, pnpm: { overrides: ours } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  run(
    folder,
    'pnpm',
    'install',
    '--ignore-workspace',
    '--prefer-offline',
    '--config.auto-install-peers=false',
    '--config.strict-peer-dependencies=false',
  );
}

/** Where the package of that name lies for the package in `folder`. @param {string} folder @param {string} name */
function installed(folder, name) {
  const path = join(folder, 'node_modules', name);
  if (!existsSync(path)) throw new Error(`${folder} names ${name} as a peer dependency but not as a development dependency`);
  return path;
}
