import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useViews } from '../use-views.ts';

const open = useViews();
const patience = { timeout: 30_000 };

/** A number of the table: nothing dropped, this step, the mean of many. */
const cell = async (page: Page, row: string, column: number): Promise<number> =>
  Number.parseFloat((await page.getByRole('row', { name: row }).getByRole('cell').nth(column).textContent()) ?? '');

test('as dropout was first the mean over many steps falls, as it is now it stays', async () => {
  const page = await open('regularization', { state: 'drop=classicDropout&rate=0.5' });
  const ratio = async (): Promise<number> => (await cell(page, 'mean activation', 2)) / (await cell(page, 'mean activation', 0));
  await expect.poll(ratio, patience).toBeCloseTo(0.5, 1);
  await page.getByLabel('What is dropped').selectOption('dropout');
  await expect.poll(ratio, patience).toBeCloseTo(1, 1);
});

test('another step is another draw, of blocks too, and the address opens the same', async () => {
  const page = await open('regularization', { state: 'blocks=40' });
  const lit = page.locator('.blocks .lit');
  await expect.poll(() => lit.count(), patience).toBeGreaterThan(20);
  const places = (other: Page): Promise<readonly (string | null)[]> =>
    other.locator('.blocks .lit').evaluateAll((all) => all.map((block) => block.getAttribute('x')));
  const before = await places(page);
  await page.getByLabel('training step, slider').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => places(page), patience).not.toEqual(before);
  await expect.poll(() => page.url(), patience).toContain('step=1');
  const again = await open('regularization', { state: page.url().replace(/^.*\?/, '') });
  await expect.poll(() => places(again), patience).toEqual(await places(page));
});

test('regions follow the ratio, and those that do not fit are said in words where they are', async () => {
  const page = await open('regularization', { state: 'ratio=2' });
  const pooling = page.getByRole('region', { name: 'Fractional max pooling' });
  await expect.poll(() => pooling.textContent(), patience).toContain('14 × 14 pixels after pooling');
  await pooling.getByRole('combobox', { name: 'Regions' }).selectOption('sampled');
  await pooling.getByLabel('ratio, input by output', { exact: true }).fill('1');
  await expect.poll(() => pooling.getByRole('alert').textContent(), patience).toContain('`kernel` of 2 does not fit');
});
