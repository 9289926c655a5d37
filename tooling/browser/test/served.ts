import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPages } from '../src/build-pages.ts';
import { launch } from '../src/launch.ts';
import { viewsOf } from '../src/open-view.ts';
import { serveDemo } from '../src/serve-demo.ts';
import { serve } from '../src/serve.ts';
import { writeDigits } from '../src/write-digits.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the pages of `pages/` are. */
    readonly pages: string;
    /** The demo's views. */
    readonly views: readonly string[];
  }
}

async function demoViews(): Promise<readonly string[]> {
  const [browser, demo] = [await launch(), await serveDemo()];
  try {
    return await viewsOf(browser, demo.address);
  } finally {
    await browser.close();
    await demo.close();
  }
}

/** Bundles the pages and serves them while tests run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'downhill-pages-'));
  await buildPages(folder);
  await writeDigits(join(folder, 'digits'), { training: 6000, test: 1000 });
  const { url, close } = await serve(folder);
  project.provide('pages', url);
  project.provide('views', await demoViews());
  return async () => {
    await close();
    rmSync(folder, { recursive: true });
  };
}
