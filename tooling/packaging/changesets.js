import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {'patch' | 'minor' | 'major'} Bump
 * @typedef {{ bumps: Record<string, Bump>, summary: string }} Changeset what one file of `.changeset` announces
 */

const kinds = /** @type {const} */ (['patch', 'minor', 'major']);

/** The changesets that wait in a checkout. @param {string} checkout */
export function waitingChangesets(checkout) {
  const folder = join(checkout, '.changeset');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return names.map((name) => parseChangeset(readFileSync(join(folder, name), 'utf8')));
}

/** @param {string} text @returns {Changeset} */
export function parseChangeset(text) {
  const [, front = '', body = ''] = /^---\n(.*?)^---\n(.*)$/ms.exec(text.replaceAll('\r\n', '\n')) ?? [];
  const lines = [...front.matchAll(/^['"]?([^'"\s:]+)['"]?: *(patch|minor|major)$/gm)];
  return { bumps: Object.fromEntries(lines.map(([, name, kind]) => [name, kind])), summary: body.trim() };
}

/** The largest step that the changesets ask for a package. @param {readonly Changeset[]} changesets @param {string} name */
export function bumpOf(changesets, name) {
  return kinds.findLast((kind) => changesets.some(({ bumps }) => bumps[name] === kind));
}

/** A version after a step. @param {string} version @param {Bump} bump */
export function raised(version, bump) {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (bump === 'major') return `${major + 1}.0.0`;
  return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
