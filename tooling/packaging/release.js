// npm run release:check: goes through a release on a copy, and uses what would be published as users would.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failure } from '../run/lib/failure.js';
import { phase, say, since } from '../run/lib/progress.js';
import { root } from '../run/lib/root.js';
import { browserProject } from './browser-project.js';
import { waitingChangesets } from './changesets.js';
import { checkProject } from './check-project.js';
import { freshProject } from './fresh-project.js';
import { packAll } from './pack.js';
import { publicPackages } from './public-packages.js';
import { readmeExamples } from './readme-examples.js';
import { changedFiles, releaseCopy } from './release-copy.js';
import { manifestFaults, strayFaults, versionFaults } from './release-faults.js';
import { run } from './run.js';
import { inTemporaryFolder } from './temporary-folder.js';

const start = performance.now();
try {
  await inTemporaryFolder(rehearse);
  say(`npm run release:check: all is well, after ${since(start)}`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  failure('npm run release:check', error);
}

/** @param {string} folder */
async function rehearse(folder) {
  const before = publicPackages();
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  await phase('copy this checkout and install its tools', () =>
    releaseCopy(
      copy,
      before.map((one) => one.folder),
    ),
  );

  const changesets = waitingChangesets(copy);
  if (changesets.length === 0) say('no changeset waits: what is packed has the versions that are there');
  else {
    await phase(`changeset version on the copy (${changesets.length} waiting)`, () => run(copy, 'pnpm', 'run', 'version'));
    const after = publicPackages(copy);
    const versioned = before.map(({ manifest }, i) => {
      const { folder: place, manifest: now } = /** @type {(typeof after)[number]} */ (after[i]);
      const changelog = join(place, 'CHANGELOG.md');
      return { before: manifest, after: now, changelog: existsSync(changelog) ? readFileSync(changelog, 'utf8') : '' };
    });
    for (const one of versioned) say(`  ${one.before.name} ${one.before.version} -> ${one.after.version}`);
    const published = after.map((one) => `packages/${basename(one.folder)}`);
    refuse([...versionFaults(versioned, changesets), ...strayFaults(await changedFiles(copy), published)]);
  }

  const archives = await phase('pack', () => packAll(folder, copy));
  const manifests = [];
  for (const archive of Object.values(archives))
    manifests.push(JSON.parse(await run(folder, 'tar', '-xzOf', archive, 'package/package.json')));
  refuse(manifestFaults(manifests, publisher()));

  const project = join(folder, 'node');
  await phase('npm install in a fresh project for Node.js', () => freshProject(project, archives));
  await readmeExamples(project, Object.keys(archives));
  await phase('every entry, our declarations, downhill-tune, the README', () => checkProject(project));

  for (const bundler of /** @type {const} */ (['vite', 'esbuild'])) {
    const page = join(folder, bundler);
    await phase(`npm install in a fresh project for ${bundler}`, () => freshProject(page, archives, { [bundler]: toolVersion(bundler) }));
    await browserProject(page, bundler);
  }
}

/** @param {readonly string[]} faults */
function refuse(faults) {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** The repository that the release workflow is for. */
function publisher() {
  const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
  const repository = /github\.repository == '([^']+)'/.exec(workflow)?.[1];
  if (repository === undefined) throw new Error('.github/workflows/release.yml names no repository (github.repository == ...)');
  return repository;
}

/** The version of a bundler that this workspace has. @param {string} name @returns {string} */
function toolVersion(name) {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8')).version;
}
