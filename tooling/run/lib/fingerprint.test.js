import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesUnder, fingerprint, hashes } from './fingerprint.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerprint-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'a.ts'), 'a');
  writeFileSync(join(folder, 'dist/a.js'), 'a');
});
afterEach(() => rmSync(folder, { recursive: true }));

const all = () => fingerprint(hashes(filesUnder(folder, () => true)));

test('lists the wanted files alone', () => {
  expect(filesUnder(folder, (name) => name !== 'dist')).toEqual([join(folder, 'a.ts')]);
});

test('changes with a content, a name and a missing file, not with a time', () => {
  const before = all();
  writeFileSync(join(folder, 'a.ts'), 'a');
  expect(all()).toBe(before);
  writeFileSync(join(folder, 'a.ts'), 'b');
  expect(all()).not.toBe(before);
  writeFileSync(join(folder, 'a.ts'), 'a');
  rmSync(join(folder, 'dist/a.js'));
  expect(all()).not.toBe(before);
  writeFileSync(join(folder, 'dist/b.js'), 'a');
  expect(all()).not.toBe(before);
});

test('does not depend on the order', () => {
  expect(
    fingerprint(
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    ),
  ).toBe(
    fingerprint(
      new Map([
        ['b', '2'],
        ['a', '1'],
      ]),
    ),
  );
});
