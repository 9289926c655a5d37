import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { watchedPage, type WatchedPage } from './watched-page.ts';

/** The views that the demo's navigation names, in its order. */
export async function viewsOf(browser: Browser, url: string): Promise<readonly string[]> {
  const { page, close } = await watchedPage(browser, url);
  try {
    const links = page.locator('nav a');
    await links.first().waitFor();
    const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    return targets.map((target) => target.replace(/^#\//, '').replace(/\?.*/s, ''));
  } finally {
    await close();
  }
}

/** Opens a view of the demo and waits until it is there. @param state The part of its address after the `?`. */
export async function openView(
  browser: Browser,
  url: string,
  view: string,
  { state = '', ...options }: BrowserContextOptions & { readonly state?: string } = {},
): Promise<WatchedPage> {
  const opened = await watchedPage(browser, `${url}#/${view}${state === '' ? '' : `?${state}`}`, options);
  try {
    await opened.page.locator('main[aria-busy=false] h2').first().waitFor();
    return opened;
  } catch (cause) {
    await opened.close();
    throw new Error(`the view '${view}' did not open: ${opened.problems.join('; ') || 'it shows no heading'}`, { cause });
  }
}

/** Waits until the whole page looks the same twice, or for `patience` milliseconds: what animates for ever is as it is. */
export async function settled(page: Page, patience = 20_000): Promise<void> {
  const end = performance.now() + patience;
  let before: Buffer | undefined;
  while (performance.now() < end) {
    const now = await page.screenshot({ fullPage: true });
    if (before?.equals(now) === true) return;
    before = now;
    await page.waitForTimeout(600);
  }
}
