import { describe, expect, test } from 'vitest';
import { parseChangeset, raised } from './changesets.js';
import { manifestFaults, strayFaults, versionFaults } from './release-faults.js';

const core = { name: '@downhill/core', version: '1.2.3', exports: {}, repository: { url: 'git+https://github.com/o/r.git' } };
const tfjs = { ...core, name: '@downhill/tfjs', dependencies: { '@downhill/core': '^1.3.0' } };
const changeset = parseChangeset("---\n'@downhill/core': minor\n---\n\nNew sums.\n");
const changelog = '# @downhill/core\n\n## 1.3.0\n\n### Minor Changes\n\n- abc: New sums.\n';
const released = { before: core, after: { ...core, version: '1.3.0' }, changelog };

test('reads what a changeset announces', () => {
  expect(changeset).toEqual({ bumps: { '@downhill/core': 'minor' }, summary: 'New sums.' });
  expect(parseChangeset('---\r\n"a": patch\r\nb: major\r\n---\r\nTwo.')).toEqual({ bumps: { a: 'patch', b: 'major' }, summary: 'Two.' });
});

test.each(
  /** @type {const} */ ([
    ['patch', '1.2.4'],
    ['minor', '1.3.0'],
    ['major', '2.0.0'],
  ]),
)('a %s makes 1.2.3 %s', (bump, expected) => expect(raised('1.2.3', bump)).toBe(expected));

describe('versionFaults', () => {
  test('finds nothing in a good release', () => {
    const follower = { before: tfjs, after: { ...tfjs, version: '1.2.4' }, changelog: '\n## 1.2.4\n' };
    expect(versionFaults([released, follower], [changeset])).toEqual([]);
  });

  test('takes the largest step of several changesets', () => {
    const major = parseChangeset('---\n"@downhill/core": major\n---\nGone.');
    const after = { ...core, version: '2.0.0' };
    expect(versionFaults([{ before: core, after, changelog: '\n## 2.0.0\nNew sums. Gone.' }], [changeset, major])).toEqual([]);
  });

  test.each([
    ['a version that is not the announced one', { after: { ...core, version: '1.2.4' } }, '@downhill/core: 1.2.3 became 1.2.4, not 1.3.0'],
    ['a version that stayed', { after: core }, '@downhill/core: 1.2.3 became 1.2.3, not 1.3.0'],
    ['a changelog without the version', { changelog: 'New sums.' }, '@downhill/core: its CHANGELOG.md has no section 1.3.0'],
    ['a changelog without the sentence', { changelog: '\n## 1.3.0\n' }, '@downhill/core: its CHANGELOG.md lacks "New sums."'],
  ])('names %s', (_, change, expected) => {
    expect(versionFaults([{ ...released, ...change }], [changeset])[0]).toContain(expected);
  });

  test('names a package that is raised without a changeset, and a changeset of nothing', () => {
    const after = { ...core, version: '1.3.0' };
    expect(versionFaults([{ before: core, after, changelog }], [])).toEqual([expect.stringContaining('not 1.2.3 or 1.2.4')]);
    const other = parseChangeset('---\n"@downhill/cor": patch\n---\nOops.');
    expect(versionFaults([released], [changeset, other])).toEqual([expect.stringContaining('@downhill/cor: a changeset names it')]);
  });
});

test('strayFaults names files that versioning may not touch', () => {
  const good = ['packages/core/package.json', 'packages/core/CHANGELOG.md', '.changeset/first.md', 'pnpm-lock.yaml'];
  expect(strayFaults(good, ['packages/core'])).toEqual([]);
  const bad = ['apps/demo/package.json', 'packages/core/src/index.ts', '.changeset/config.json'];
  expect(strayFaults([...good, ...bad], ['packages/core']).map((fault) => fault.split(':')[0])).toEqual(bad);
});

describe('manifestFaults', () => {
  const after = { ...core, version: '1.3.0' };

  test('finds nothing in good archives', () => expect(manifestFaults([after, tfjs], 'o/r')).toEqual([]));

  test.each([
    [
      'a range that the release does not meet',
      { dependencies: { '@downhill/core': '^1.2.3' } },
      'asks for @downhill/core ^1.2.3, not ^1.3.0',
    ],
    ['the workspace protocol', { dependencies: { '@downhill/core': 'workspace:^' } }, 'asks for @downhill/core workspace:^'],
    ['a catalog entry', { peerDependencies: { vitest: 'catalog:' } }, 'asks for vitest catalog:, not a range of versions'],
    ['another repository', { repository: { url: 'git+https://github.com/o/fork.git' } }, 'o/r publishes it'],
    ['no repository', { repository: {} }, 'its repository is undefined'],
  ])('names %s', (_, change, expected) => {
    expect(manifestFaults([after, { ...tfjs, ...change }], 'o/r')).toEqual([expect.stringContaining(expected)]);
  });
});
