import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { servePage, type ServedPage } from './serve-page.ts';

let folder = '';
let page: ServedPage | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serve-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>Downhill</title>');
  writeFileSync(join(folder, 'assets/worker.js'), 'postMessage(1)');
});
afterEach(async () => {
  await page?.close();
  rmSync(folder, { recursive: true });
});

const serve = async (base?: string): Promise<ServedPage> => {
  page = await servePage({ folder, port: 0, host: '127.0.0.1', ...(base === undefined ? {} : { base }) });
  return page;
};

test('serves the page and its files under a policy that takes no code made of text', async () => {
  const { address } = await serve();
  for (const [path, type] of [
    ['', 'text/html'],
    ['assets/worker.js', 'text/javascript'],
  ] as const) {
    const { status, headers } = await fetch(address + path);
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'");
    expect(policy).not.toMatch(/'unsafe-(eval|inline)'/);
  }
});

test('serves it from below a folder, and leads there from the folder without its slash', async () => {
  const { address } = await serve('/some/where/');
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/some\/where\/$/);
  expect(await (await fetch(address)).text()).toContain('Downhill');
  expect((await fetch(`${address}assets/worker.js`)).status).toBe(200);
  const { url, status } = await fetch(address.slice(0, -1));
  expect([url, status]).toEqual([address, 200]);
});

test('has no other files: not above its folder, not where there is nothing', async () => {
  const { address } = await serve('/some/where/');
  for (const path of ['nothing.js', '../../etc/passwd', '%2e%2e/%2e%2e/etc/passwd'])
    expect((await fetch(address + path)).status, path).toBe(404);
  expect((await fetch(new URL('/', address))).status).toBe(404);
});

test('says that a port is taken', async () => {
  const { address } = await serve();
  await expect(servePage({ folder, port: Number(new URL(address).port), host: '127.0.0.1' })).rejects.toThrow('EADDRINUSE');
});

test('closes with a visitor still connected', async () => {
  const { address, close } = await serve();
  await (await fetch(address)).text(); // keeps its connection open
  await close();
  page = undefined;
  await expect(fetch(address)).rejects.toThrow();
});
