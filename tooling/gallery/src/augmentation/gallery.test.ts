import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as augmentation from '@downhill/augmentation';
import { enableProdMode, memory, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { galleryFolder, readmeFile } from '../paths.ts';
import { isSame } from './picture.ts';
import { pictures } from './pictures.ts';
import { withSheets } from './readme.ts';
import { sheetPng } from './render/sheet-png.ts';
import type { Sheet } from './sheet.ts';
import { sheets } from './sheets.ts';

/** What the package exports that makes no picture of its own. */
const WITHOUT_PICTURE = [
  'augMixSpace',
  'augmentedBatches',
  'autoAugmentPolicies',
  'autoAugmentSpace',
  'compose',
  'cutmixBox',
  'magnitudeOf',
  'mapImages',
  'mixedBatches',
  'predictViewMasks',
  'predictViews',
  'randAugmentSpace',
  'subPolicyDraws',
  'trivialAugmentWideSpace',
];
const COLUMNS = 5;

let drawn: readonly Sheet[];

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
  const shown = pictures();
  drawn = sheets.map((sheetOf) => sheetOf(shown));
});

const cells = () =>
  drawn.flatMap(({ rows }) => rows.flatMap((row) => row.cells.map((cell) => ({ ...cell, what: `${row.of} ${cell.caption.join(' ')}` }))));

test('every operation and every policy is on a sheet; a new one gets a row in src/augmentation/sheets, or a place in the list above', () => {
  const pictured = new Set<string>(drawn.flatMap(({ rows }) => rows.map(({ of }) => of)));
  expect([...pictured, ...WITHOUT_PICTURE].toSorted()).toEqual(Object.keys(augmentation).toSorted());
});

test('every row has five pictures', () => {
  const counts = drawn.flatMap(({ rows }) => rows.map((row) => ({ of: row.of, count: row.cells.length })));
  expect(counts.filter(({ count }) => count !== COLUMNS)).toEqual([]);
});

test('every picture has changed, but those that stand there to compare with', () => {
  const wrong = cells().filter((cell) => isSame(cell.before, cell.after) !== cell.isSame);
  expect(wrong.map(({ what }) => what)).toEqual([]);
});

test('a row shows five different pictures', () => {
  const repeated = drawn.flatMap(({ rows }) =>
    rows.filter((row) => row.cells.some(({ after }, i) => row.cells.some((other, j) => j < i && isSame(after, other.after)))),
  );
  expect(repeated.map(({ of, notes }) => [of, ...notes].join(' '))).toEqual([]);
});

test('leaves no tensor', () => {
  expect(memory().numTensors).toBe(0);
});

describe('the committed files', () => {
  test('are what the command draws, byte by byte: npm run gallery draws them anew', () => {
    const files = drawn.map((sheet) => ({ file: `${sheet.name}.png`, png: Buffer.from(sheetPng(sheet)) }));
    expect(readdirSync(galleryFolder('augmentation')).toSorted()).toEqual(files.map(({ file }) => file).toSorted());
    const stale = files.filter(({ file, png }) => !png.equals(readFileSync(join(galleryFolder('augmentation'), file))));
    expect(stale.map(({ file }) => file)).toEqual([]);
  });

  test('are in the README', () => {
    const readme = readFileSync(readmeFile('augmentation'), 'utf8');
    expect(withSheets(readme, drawn)).toBe(readme);
  });
});

test('draws the same bytes twice', () => {
  const shown = pictures();
  for (const sheetOf of sheets.filter(({ name }) => name === 'mixing' || name === 'neighbourhood')) {
    const sheet = sheetOf(shown);
    const before = drawn.find(({ name }) => name === sheet.name)!;
    expect(Buffer.from(sheetPng(sheet)).equals(sheetPng(before))).toBe(true);
  }
});
