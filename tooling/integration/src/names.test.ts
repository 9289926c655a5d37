import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeIn, read, ROOT, rowsIn } from './documents.ts';

const exportsOf = async (entry: string): Promise<readonly string[]> => Object.keys((await import(/* @vite-ignore */ entry)) as object);

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`)) as Manifest;

/** Our packages; a plugin that somebody has just begun beside them is none of them yet. */
const PACKAGES = Object.keys(manifest('tooling/integration').devDependencies)
  .filter((name) => name.startsWith('@downhill/'))
  .map((name) => name.slice('@downhill/'.length))
  .filter((name) => existsSync(join(ROOT, 'packages', name)));

/** The entries of a package, such as `@downhill/tuning/node`. */
const entriesOf = (name: string): string[] =>
  Object.keys(manifest(`packages/${name}`).exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => join('@downhill', name, entry));

describe.each(PACKAGES)('the README of %s', (name) => {
  test.each(entriesOf(name))('names everything that %s exports', async (entry) => {
    const readme = read(`packages/${name}/README.md`);
    expect((await exportsOf(entry)).filter((item) => !new RegExp(String.raw`\b${item}\b`).test(readme))).toEqual([]);
  });
});

describe('the table of packages', () => {
  const rows = rowsIn(read('README.md')).filter((row) => row['one import'] !== undefined);

  test('has each package', () => {
    expect(rows.map(({ package: cell = '' }) => /packages\/(\w[\w-]*)/.exec(cell)?.[1]).toSorted()).toEqual(PACKAGES.toSorted());
  });

  test.each(rows)('$package has what its line imports', async ({ package: cell, 'one import': line = '' }) => {
    const [, names = '', from = ''] = /^`import \{ ([^}]+) \} from '([^']+)';`$/.exec(line) ?? [];
    expect(cell).toContain(`[\`${from}\`]`);
    expect(await exportsOf(from)).toEqual(expect.arrayContaining(names.split(', ')));
  });
});

describe.each(['README.md', 'docs/names.md'])('the names in %s', (path) => {
  const rows = rowsIn(read(path)).filter(({ here }) => here !== undefined);

  /** The names of ours in a piece of code: one alone, or whatever is called. */
  const namesIn = (code: string): string[] => (/^\w+$/.test(code) ? [code] : [...code.matchAll(/(\w+)\(/g)].map(([, name = '']) => name));

  test('stand in every row', () => {
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ here = '' }) => codeIn(here).length === 0 || codeIn(here).some((code) => namesIn(code).length === 0))).toEqual(
      [],
    );
  });

  test('are exported by the packages that they are said to be from', async () => {
    const missing = rows.map(async ({ here = '', from = '' }) => {
      const found = await exportsOf(`@downhill/${from}`);
      return codeIn(here)
        .flatMap(namesIn)
        .filter((name) => !found.includes(name))
        .map((name) => `${name} of ${from}`);
    });
    expect((await Promise.all(missing)).flat()).toEqual([]);
  });
});
