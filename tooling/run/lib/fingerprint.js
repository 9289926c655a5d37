import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hash for each file, by path. @param {readonly string[]} files @returns {Map<string, string>} */
export function hashes(files) {
  return new Map(files.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]));
}

/** One hash for all of them, names included. @param {Map<string, string>} files */
export function fingerprint(files) {
  const hash = createHash('sha256');
  for (const [file, digest] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${file}\0${digest}\n`);
  return hash.digest('hex');
}

/** Files under a folder whose names, and whose folders' names, are wanted. @param {string} folder @param {(name: string) => boolean} wanted @returns {string[]} */
export function filesUnder(folder, wanted) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!wanted(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path, wanted);
    return entry.isFile() ? [path] : [];
  });
}
