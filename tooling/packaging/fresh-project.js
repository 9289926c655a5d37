import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed, publicPackages } from './public-packages.js';
import { attempt } from './run.js';

/**
 * A project as a user has it: npm installs the archives side by side, so that each must find the others by the ranges it
 * names, and the rest from the registry, without running anything of it.
 *
 * @param {string} folder
 * @param {Record<string, string>} archives
 * @param {Record<string, string>} [others] further packages, with their versions
 */
export async function freshProject(folder, archives, others = {}) {
  mkdirSync(folder, { recursive: true });
  const ours = Object.fromEntries(Object.entries(archives).map(([name, archive]) => [name, `file:${archive}`]));
  const manifest = { name: 'fresh', private: true, type: 'module', dependencies: { ...ours, ...peers(), ...others } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'];
  const { status, stdout, stderr } = await attempt(folder, 'npm', 'install', ...options);
  if (status === 0) return;
  const printed = `${stdout}${stderr}`;
  const ping = await attempt(folder, 'npm', 'ping', '--fetch-retries=0'); // without a network npm may blame the versions instead
  if (ping.status !== 0)
    throw new Error(
      `the npm registry cannot be reached, and npm's cache lacks what a user installs beside our packages (tfjs and other peers): connect this machine to a network, then try again\n${printed}`,
    );
  throw new Error(`npm install of our archives ended with ${status}:\n${printed}`);
}

/** What our packages want installed beside them, in the versions that we test with, and tfjs as a whole, which READMEs use. */
function peers() {
  /** @type {Record<string, string>} */
  const versions = Object.fromEntries(
    publicPackages().flatMap(({ folder, manifest }) =>
      Object.keys(manifest.peerDependencies ?? {}).map((name) => [name, versionOf(installed(folder, name))]),
    ),
  );
  return { ...versions, '@tensorflow/tfjs': versions['@tensorflow/tfjs-core'] ?? '4' };
}

/** @param {string} folder @returns {string} */
const versionOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
