import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useViews } from '../use-views.ts';

const open = useViews();
const PATIENCE = { timeout: 60_000 };

const start = (page: Page): Promise<void> => page.getByRole('button', { name: 'Start' }).click();

/** The hash and the best accuracy in percent, when the run is judged. */
async function outcome(page: Page): Promise<{ readonly hash: string; readonly accuracy: number }> {
  await page.locator('.judged .hash').waitFor(PATIENCE);
  const cells = await page.locator('.judged .candidates tbody tr td:nth-child(2)').allTextContents();
  return { hash: await page.locator('.judged .hash').innerText(), accuracy: Math.max(...cells.map((text) => Number.parseFloat(text))) };
}

test('a training on a subset reaches 95 % on wasm', async () => {
  const page = await open('train', { state: 'epochs=3' });
  await start(page);
  await page.getByText('Trains on wasm').waitFor(PATIENCE);
  expect((await outcome(page)).accuracy).toBeGreaterThan(95);
}, 90_000);

test('a run that was held, and left by a reload, goes on with the same bits', async () => {
  const state = 'limit=1200&epochs=3';
  const whole = await open('train', { state });
  await start(whole);
  const expected = await outcome(whole);

  const page = await open('train', { state });
  await start(page);
  await page.getByText(/last checkpoint at step \d+/).waitFor(PATIENCE);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Held after step').waitFor(PATIENCE);
  await page.waitForTimeout(500); // its checkpoint is written meanwhile
  await page.reload();
  await page.getByRole('button', { name: 'Go on with run 1' }).click();
  await page.getByText('Goes on from step').waitFor(PATIENCE);
  expect((await outcome(page)).hash).toBe(expected.hash);
}, 90_000);
