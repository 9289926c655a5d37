import { run } from './run.js';
import { publicPackages } from './public-packages.js';

/**
 * Packs what we publish, as it is built now, into a folder.
 *
 * @param {string} folder
 * @param {string} [checkout] whose packages; this one's, unless it is a copy
 * @returns {Promise<Record<string, string>>} the archive's path for each package's name
 */
export async function packAll(folder, checkout) {
  /** @type {Record<string, string>} */
  const archives = {};
  for (const { folder: source, manifest } of publicPackages(checkout)) {
    const lines = (await run(source, 'pnpm', 'pack', '--pack-destination', folder)).split('\n');
    const archive = lines.findLast((line) => line.endsWith('.tgz'))?.trim();
    if (archive === undefined) throw new Error(`${manifest.name}: pnpm pack named no archive:\n${lines.join('\n')}`);
    archives[manifest.name] = archive;
  }
  return archives;
}
