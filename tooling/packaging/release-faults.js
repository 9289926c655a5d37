import { bumpOf, raised } from './changesets.js';

/**
 * @typedef {import('./public-packages.js').Manifest} Manifest
 * @typedef {import('./changesets.js').Changeset} Changeset
 * @typedef {{ before: Manifest, after: Manifest, changelog: string }} Versioned a package around `changeset version`
 */

/**
 * What is wrong with the versions and changelogs that `changeset version` wrote, in sentences.
 *
 * @param {readonly Versioned[]} packages
 * @param {readonly Changeset[]} changesets
 */
export function versionFaults(packages, changesets) {
  const known = new Set(packages.map(({ before }) => before.name));
  const strangers = changesets.flatMap(({ bumps }) => Object.keys(bumps)).filter((name) => !known.has(name));
  return [
    ...strangers.map((name) => `${name}: a changeset names it, but it is not published. Correct the name in .changeset.`),
    ...packages.flatMap((versioned) => faultsOf(versioned, changesets)),
  ];
}

/** @param {Versioned} versioned @param {readonly Changeset[]} changesets */
function faultsOf({ before, after, changelog }, changesets) {
  const { name } = before;
  const bump = bumpOf(changesets, name);
  const expected = bump === undefined ? [before.version, raised(before.version, 'patch')] : [raised(before.version, bump)]; // a patch: what it depends on was raised
  const faults = [];
  if (!expected.includes(after.version))
    faults.push(
      `${name}: ${before.version} became ${after.version}, not ${expected.join(' or ')}. Look at .changeset and its config.json.`,
    );
  if (after.version === before.version) return faults;
  if (!changelog.includes(`\n## ${after.version}\n`)) faults.push(`${name}: its CHANGELOG.md has no section ${after.version}.`);
  for (const { bumps, summary } of changesets) {
    const line = summary.split('\n')[0] ?? '';
    if (line === '') faults.push(`${name}: a changeset says nothing. Write a sentence for those who use the package.`);
    else if (name in bumps && !changelog.includes(line)) faults.push(`${name}: its CHANGELOG.md lacks "${line}".`);
  }
  return faults;
}

/**
 * Files that a release must leave alone: all but manifests and changelogs of what is published, changesets and the lockfile.
 *
 * @param {readonly string[]} changed paths from the root, with slashes
 * @param {readonly string[]} published folders, as `packages/core`
 */
export function strayFaults(changed, published) {
  const expected = new Set(['pnpm-lock.yaml', ...published.flatMap((folder) => [`${folder}/package.json`, `${folder}/CHANGELOG.md`])]);
  return changed
    .filter((file) => !expected.has(file) && !/^\.changeset\/[^/]+\.md$/.test(file))
    .map((file) => `${file}: versioning changed it, though it belongs to nothing that is published. Look at .changeset/config.json.`);
}

/**
 * What is wrong with packed manifests: ranges between ours that the release does not meet, the workspace's own protocols,
 * a repository that npm's provenance check would refuse.
 *
 * @param {readonly Manifest[]} manifests as packed
 * @param {string} repository the `owner/name` that publishes
 */
export function manifestFaults(manifests, repository) {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));
  return manifests.flatMap(({ name, dependencies = {}, peerDependencies = {}, repository: { url } = {} }) => {
    const needs = Object.entries({ ...dependencies, ...peerDependencies });
    const wrong = needs.filter(([need, range]) =>
      versions.has(need) ? range !== `^${versions.get(need)}` : /^(workspace|catalog|link|file):/.test(range),
    );
    const faults = wrong.map(([need, range]) => {
      const expected = versions.has(need) ? `^${versions.get(need)}` : 'a range of versions';
      return `${name}: its archive asks for ${need} ${range}, not ${expected}. Write workspace:^ in its package.json.`;
    });
    if (url !== `git+https://github.com/${repository}.git`)
      faults.push(`${name}: its repository is ${url}, but ${repository} publishes it, and npm compares the two. Correct its package.json.`);
    return faults;
  });
}
