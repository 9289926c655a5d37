import type { Browser } from 'playwright-core';
import { watchedPage, type WatchedPage } from './watched-page.ts';

/** What a program of `pages/` lets tests call. Arguments and results are JSON. */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

export interface OpenProgram<C extends Calls> extends WatchedPage {
  /** Calls a function of the program; what it throws is thrown here. */
  readonly call: <K extends keyof C & string>(name: K, ...args: Parameters<C[K]>) => Promise<Awaited<ReturnType<C[K]>>>;
}

/** Opens the page of a program. @param url Where the pages are served. */
export async function openProgram<C extends Calls>(browser: Browser, url: string, program: string): Promise<OpenProgram<C>> {
  const opened = await watchedPage(browser, new URL(`${program}.html`, url).href);
  const { page, problems } = opened;
  await page
    .waitForFunction(() => 'calls' in globalThis)
    .catch((cause: unknown) => {
      throw new Error(`the program '${program}' did not start: ${problems.join('; ') || 'it does not expose its calls'}`, { cause });
    });
  const call = (name: string, ...args: unknown[]): Promise<unknown> =>
    page.evaluate(
      async ([name, args]) => {
        await new Promise((resolve) => setTimeout(resolve)); // a debugger's own calls may evaluate text; the program shall not
        const { calls } = globalThis as unknown as { readonly calls: Readonly<Record<string, (...args: unknown[]) => unknown>> };
        const called = calls[name];
        if (called === undefined) throw new Error(`there is no call '${name}'`);
        return called(...args);
      },
      [name, args] as const,
    );
  return { ...opened, call: call as OpenProgram<C>['call'] };
}
