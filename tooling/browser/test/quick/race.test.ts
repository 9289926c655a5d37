import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useViews } from '../use-views.ts';

const open = useViews();

/** What the table says of each optimizer, once all are through. */
async function results(page: Page): Promise<Record<string, { readonly loss: number; readonly x: number; readonly y: number; readonly state: string }>> {
  const rows = page.locator('table tbody tr');
  await expect.poll(() => page.locator('table').textContent(), { timeout: 30_000 }).toMatch(/finished|diverged/);
  await expect.poll(() => page.locator('table').textContent(), { timeout: 30_000 }).not.toContain('running');
  const texts = await rows.evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent?.trim() ?? '')));
  return Object.fromEntries(
    texts.map(([name = '', loss, x, y, , , state = '']) => {
      const number = (text = ''): number => Number(text.replace('−', '-'));
      return [name, { loss: number(loss), x: number(x), y: number(y), state }];
    }),
  );
}

test('a race reaches the minimum: Adam on the bowl, at [0, 0]', async () => {
  const page = await open('race', { state: 'surface=bowl&steps=400&racer=adam,learningRate:0.1' });
  console.log(await results(page));
});
