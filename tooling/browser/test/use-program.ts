import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launch } from '../src/launch.ts';
import { openProgram, type Calls, type OpenProgram } from '../src/open-program.ts';

/** A browser for the tests of a file. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('the browser has not been started');
    return browser;
  };
}

/** Opens a program of `pages/` for the tests around; a problem in the page fails the test that it shows up in. */
export function useProgram<C extends Calls>(browser: () => Browser, program: string): OpenProgram<C>['call'] {
  let opened: OpenProgram<C> | undefined;
  let seen = 0;
  beforeAll(async () => {
    opened = await openProgram<C>(browser(), inject('pages'), program);
  });
  afterAll(() => opened?.close());
  afterEach(() => {
    const problems = opened?.problems.slice(seen) ?? [];
    seen += problems.length;
    expect(problems).toEqual([]);
  });
  return (...call) => {
    if (opened === undefined) throw new Error(`the program '${program}' has not been opened`);
    return opened.call(...call);
  };
}
