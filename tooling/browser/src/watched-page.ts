import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page, and what went wrong in it so far. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of the console, among them each breach of the policy; exceptions; requests that failed or went elsewhere. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens an address in a profile of its own. */
export async function watchedPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  const { origin } = new URL(url);
  await page.addInitScript(logRefusedText);
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => problems.push(`request failed: ${request.url()}`));
  page.on('request', (request) => {
    if (isElsewhere(request.url(), origin)) problems.push(`request elsewhere: ${request.url()}`);
  });
  await page.goto(url);
  return { page, problems, close: () => context.close() };
}

/** `data:` and `blob:` addresses are the page's own. */
const isElsewhere = (url: string, origin: string): boolean => url.startsWith('http') && new URL(url).origin !== origin;

/** The browser logs breaches of the policy, but for text that was not evaluated: that is an exception, which whoever tried may catch. */
function logRefusedText(): void {
  addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective, sourceFile, lineNumber }) => {
    if (blockedURI === 'eval') console.error(`${violatedDirective} refuses to evaluate text (unsafe-eval), ${sourceFile}:${lineNumber}`);
  });
}
