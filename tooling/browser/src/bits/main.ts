import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from '../build-pages.ts';
import { writeDigits } from '../write-digits.ts';
import { findProgram } from './find-program.ts';
import { hashInChromium } from './in-chromium.ts';
import { hashInFirefox } from './in-firefox.ts';
import { hashInProgram } from './in-program.ts';
import { SETTINGS } from './settings.ts';

// npm run bits: the main job in every engine that is here. Exit code 1 where one of them ends with other bits, or breaks.

interface Engine {
  readonly name: string;
  readonly hash: () => Promise<string>;
}

const bun = findProgram('BUN_PATH', ['bun']);
const firefox = findProgram('FIREFOX_PATH', ['firefox-esr', 'firefox'], ['/Applications/Firefox.app/Contents/MacOS/firefox']);

const folder = mkdtempSync(join(tmpdir(), 'downhill-bits-'));
const engines: readonly Engine[] = [
  { name: 'Node.js', hash: () => hashInProgram(process.execPath) },
  { name: 'Chromium', hash: () => hashInChromium(folder) },
  ...(bun === undefined ? [] : [{ name: 'Bun', hash: () => hashInProgram(bun) }]),
  ...(firefox === undefined ? [] : [{ name: 'Firefox', hash: () => hashInFirefox(firefox, folder) }]),
];

try {
  console.log(`the main job with ${JSON.stringify(SETTINGS)}: SHA-256 of its weights`);
  await buildPages(folder);
  await writeDigits(join(folder, 'digits'), { training: SETTINGS.limit, test: 1000 });
  const found = new Set<string>();
  for (const { name, hash } of engines) {
    const result = await hash().catch((error: unknown) => `failed: ${error instanceof Error ? error.message : String(error)}`);
    found.add(result);
    console.log(`${name.padEnd(10)}${result}`);
  }
  if (bun === undefined) console.log('Bun       is not here: npm install --global bun, or name it in BUN_PATH');
  if (firefox === undefined) console.log('Firefox   is not here: install it, or name it in FIREFOX_PATH');
  process.exitCode = found.size === 1 ? 0 : 1;
  console.log(found.size === 1 ? `${engines.length} engines, the same bits` : 'the engines differ');
} finally {
  rmSync(folder, { recursive: true });
}
