import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { keptPlugins } from './kept-plugins.ts';
import { pluginFile } from './plugin-file.ts';
import { workspacePlugins } from './workspace-plugins.ts';

const folder = mkdtempSync(join(tmpdir(), 'downhill-plugins-'));
const at = (...path: string[]): string => join(folder, ...path);
const write = (path: string, text: string): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};
const manifest = (more: object = {}): string =>
  JSON.stringify({ exports: { '.': { '@downhill/source': './src/index.ts', default: './dist/index.js' } }, ...more });

beforeAll(() => {
  write('rule.ts', 'one');
  write('packages/tiger/package.json', manifest({ downhill: { plugin: 'optimizer' } }));
  write('packages/tiger/src/index.ts', '');
  write('packages/other/package.json', manifest());
  write('packages/other/src/index.ts', '');
  write('node_modules/@me/rules/package.json', manifest());
  write('node_modules/@me/rules/src/index.ts', '');
  write('node_modules/@me/rules/dist/index.js', '');
  write('node_modules/plain/package.json', JSON.stringify({ exports: './it.js' }));
  write('node_modules/plain/it.js', '');
  write('node_modules/unbuilt/package.json', manifest());
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a plugin', () => {
  test.each([
    ['./rule.ts', '.', 'rule.ts'],
    ['rule.ts', '.', 'rule.ts'],
    ['../rule.ts', 'packages', 'rule.ts'],
    ['./packages/tiger', '.', 'packages/tiger/src/index.ts'],
    ['@me/rules', 'packages/tiger', 'node_modules/@me/rules/dist/index.js'],
    ['plain', '.', 'node_modules/plain/it.js'],
  ])('%s in %s is %s', (said, from, file) => {
    expect(pluginFile(said, at(from)).file).toBe(at(file));
  });

  test.each(['./none.ts', 'none', '@me/none', 'unbuilt', './packages', ''])('%j is refused', (said) => {
    expect(() => pluginFile(said, folder)).toThrow(UsageError);
  });
});

test('the plugins of a repository are the packages whose manifest says so', () => {
  expect(workspacePlugins(at('packages'))).toEqual([at('packages/tiger/src/index.ts')]);
});

describe('the plugins of a run', () => {
  test('are those that were asked for', () => {
    const given = [pluginFile('./rule.ts', folder)];
    expect(keptPlugins(given, undefined)).toEqual({ plugins: given, changed: [] });
  });

  test('stay those of a run that is resumed, and a changed one is told', () => {
    const saved = [pluginFile('./rule.ts', folder)];
    expect(keptPlugins([], saved)).toEqual({ plugins: saved, changed: [] });
    write('rule.ts', 'two');
    expect(keptPlugins([pluginFile('./rule.ts', folder)], saved)).toEqual({ plugins: saved, changed: [at('rule.ts')] });
  });

  test('are not others than those of a run that is resumed, and are there', () => {
    const given = [pluginFile('plain', folder)];
    expect(() => keptPlugins(given, [])).toThrow('no `--plugin`, not');
    expect(() => keptPlugins(given, [pluginFile('./rule.ts', folder)])).toThrow(`\`--plugin\` ${at('rule.ts')}, not`);
    expect(() => keptPlugins([], [{ file: at('gone.ts'), sha256: '' }])).toThrow('there is no module');
  });
});
