import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openView } from '../src/open-view.ts';
import { serveDemo } from '../src/serve-demo.ts';
import type { WatchedPage } from '../src/watched-page.ts';
import { useBrowser } from './use-program.ts';

type Options = Parameters<typeof openView>[3];

/** Serves the demo to the tests of a file and opens its views, for one test each; a problem in one of them fails its test. */
export function useViews(): (view: string, options?: Options) => Promise<Page> {
  const browser = useBrowser();
  const opened: WatchedPage[] = [];
  let demo: Awaited<ReturnType<typeof serveDemo>> | undefined;
  beforeAll(async () => {
    demo = await serveDemo();
  });
  afterAll(() => demo?.close());
  afterEach(async () => {
    const pages = opened.splice(0);
    await Promise.all(pages.map(({ close }) => close()));
    expect(pages.flatMap(({ problems }) => problems)).toEqual([]);
  });
  return async (view, options) => {
    if (demo === undefined) throw new Error('the demo is not served yet');
    const page = await openView(browser(), demo.address, view, options);
    opened.push(page);
    return page.page;
  };
}
