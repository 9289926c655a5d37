import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ name: string, private?: boolean, exports: Record<string, unknown>, peerDependencies?: Record<string, string> }} Manifest */

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

/** What we publish. @returns {{ folder: string, manifest: Manifest }[]} */
export function publicPackages() {
  const all = readdirSync(packages).map((name) => {
    const folder = join(packages, name);
    return { folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) };
  });
  return all.filter(({ manifest }) => !manifest.private);
}
