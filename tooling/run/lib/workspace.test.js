import { expect, test } from 'vitest';
import { closure, workspace } from './workspace.js';

test('finds the packages of all three groups', () => {
  expect([...workspace().keys()]).toEqual(expect.arrayContaining(['@downhill/core', '@downhill/run']));
});

test('follows dependencies and development dependencies, each once', () => {
  const one = (/** @type {string} */ name, dependencies = {}, devDependencies = {}) =>
    /** @type {const} */ ([name, { name, folder: name, manifest: { name, dependencies, devDependencies } }]);
  const packages = new Map([one('a', { b: '*' }), one('b', {}, { c: '*', outside: '1' }), one('c'), one('d')]);
  expect(closure('a', packages).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('names a package that is not there', () => {
  expect(() => closure('@downhill/nothing', new Map())).toThrow('no package @downhill/nothing');
});
