import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveDemo } from '../../src/serve-demo.ts';
import { readRace } from '../read-race.ts';
import { useBrowser } from '../use-program.ts';

const MOST = 600_000;

const browser = useBrowser();
let demo: Awaited<ReturnType<typeof serveDemo>>;
beforeAll(async () => {
  demo = await serveDemo();
});
afterAll(() => demo.close());

const isScript = (response: Response): boolean => /\.(?:js|wasm)$/.test(new URL(response.url()).pathname);

test(`the first view is there after at most ${MOST / 1000} kB of scripts, gzipped`, async () => {
  const page = await browser().newPage();
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(demo.address);
  await readRace(page);
  const scripts = responses.filter(isScript);
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body()).length));
  await page.close();
  expect(scripts.map((script) => script.url())).toContainEqual(expect.stringContaining('race-worker'));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST);
});
