import type { Page } from 'playwright-core';

export const PATIENCE = { timeout: 120_000 };

export const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click(PATIENCE);

/** Waits for words in the status of the train view, and gives the whole of it. */
export async function status(page: Page, words: RegExp): Promise<string> {
  const told = page.locator('.train .told');
  await told.filter({ hasText: words }).waitFor(PATIENCE);
  return told.innerText();
}

/** Waits until the run is held, and its checkpoint written. @returns the step */
export async function held(page: Page): Promise<number> {
  const step = Number(/after step (\d+)/.exec(await status(page, /^Held/))?.[1]);
  await page.getByText(`last checkpoint at step ${step}`).waitFor(PATIENCE);
  return step;
}

/** What a finished run came to. */
export interface Outcome {
  /** SHA-256 of the weights. */
  readonly hash: string;
  /** Of the best model, in percent of the test images. */
  readonly accuracy: number;
}

/** Waits until the run is judged. */
export async function outcome(page: Page): Promise<Outcome> {
  await page.locator('.judged .hash').waitFor(PATIENCE);
  const cells = await page.locator('.candidates tbody tr td:nth-child(2)').allTextContents();
  return { hash: await page.locator('.hash').innerText(), accuracy: Math.max(...cells.map((text) => Number.parseFloat(text))) };
}
