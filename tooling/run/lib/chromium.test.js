import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChromium } from './chromium.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = (/** @type {string} */ name, /** @type {string} */ text) => {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
};

test('takes the one that CHROME_PATH names before all others', () => {
  const [named, usual] = [program('named', 'exit 0'), program('usual', 'exit 0')];
  expect(findChromium({ CHROME_PATH: named }, [usual])).toBe(named);
});

test('says so where CHROME_PATH names nothing, and takes no other', () => {
  expect(() => findChromium({ CHROME_PATH: join(folder, 'nothing') }, [program('usual', 'exit 0')])).toThrow(
    /CHROME_PATH names .*no such file/,
  );
});

test('takes the first in the usual places that starts: a stand-in that says how to get one is none', () => {
  const places = [join(folder, 'nothing'), program('stand-in', 'exit 1'), program('real', 'exit 0')];
  expect(findChromium({}, places)).toBe(places[2]);
  expect(findChromium({ CHROME_PATH: '' }, places)).toBe(places[2]);
});
