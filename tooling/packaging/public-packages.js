import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run/lib/root.js';

/**
 * @typedef {{
 *   name: string,
 *   version: string,
 *   private?: boolean,
 *   exports: Record<string, unknown>,
 *   dependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>,
 *   repository?: { url?: string, directory?: string },
 * }} Manifest
 * @typedef {{ folder: string, manifest: Manifest }} PublicPackage
 */

/** What we publish, of this checkout or of a copy. @param {string} [checkout] @returns {PublicPackage[]} */
export function publicPackages(checkout = root) {
  const packages = join(checkout, 'packages');
  const folders = readdirSync(packages).map((name) => join(packages, name));
  return folders
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);
}

/** All that can be imported from our packages. @returns {string[]} */
export function entries() {
  return publicPackages().flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((entry) => entry !== './package.json')
      .map((entry) => manifest.name + entry.slice(1)),
  );
}

/** Where the package of that name lies for the package in `folder`. @param {string} folder @param {string} name */
export function installed(folder, name) {
  const path = join(folder, 'node_modules', name);
  if (!existsSync(path)) throw new Error(`${folder} names ${name} as a peer dependency but not as a development dependency`);
  return path;
}
