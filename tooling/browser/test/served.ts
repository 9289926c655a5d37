import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPages } from '../src/build-pages.ts';
import { serve } from '../src/serve.ts';
import { writeDigits } from '../src/write-digits.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the pages of `pages/` are. */
    readonly pages: string;
  }
}

/** Bundles the pages and serves them while tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'downhill-pages-'));
  await buildPages(folder);
  await writeDigits(join(folder, 'digits'), { training: 6000, test: 1000 });
  const { url, close } = await serve(folder);
  project.provide('pages', url);
  return async () => {
    await close();
    rmSync(folder, { recursive: true });
  };
}
