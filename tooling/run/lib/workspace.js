import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';

/** @typedef {{ name: string, private?: boolean, dependencies?: Record<string, string>, devDependencies?: Record<string, string>, peerDependencies?: Record<string, string> }} Manifest */
/** @typedef {{ name: string, folder: string, manifest: Manifest }} Package */

/** Every package of the workspace, by name. @returns {Map<string, Package>} */
export function workspace() {
  const folders = ['packages', 'apps', 'tooling'].flatMap((group) => {
    const path = join(root, group);
    return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : [];
  });
  const found = folders.filter((folder) => existsSync(join(folder, 'package.json')));
  return new Map(
    found.map((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return [manifest.name, { name: manifest.name, folder, manifest }];
    }),
  );
}

/** The package and all of ours that it depends on, as the build does. @param {string} name @returns {Package[]} */
export function closure(name, packages = workspace()) {
  /** @type {Set<Package>} */
  const seen = new Set();
  const visit = /** @param {string} each */ (each) => {
    const found = packages.get(each);
    if (!found || seen.has(found)) return;
    seen.add(found);
    for (const next of Object.keys({ ...found.manifest.dependencies, ...found.manifest.devDependencies })) visit(next);
  };
  visit(name);
  if (seen.size === 0) throw new Error(`the workspace has no package ${name}`);
  return [...seen];
}
