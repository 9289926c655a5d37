import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { tableOf } from '../table-of.ts';
import { useViews } from '../use-views.ts';

const open = useViews();

const trialsShown = async (page: Page): Promise<readonly (string | undefined)[]> => (await tableOf(page)).map(([, trials]) => trials);

test('a search is stepped through, dragged to any trial and played to its end', async () => {
  const page = await open('search', { state: 'side=3' });
  await expect.poll(() => trialsShown(page), { timeout: 30_000 }).toEqual(['9', '9', '9']);
  await page.getByRole('button', { name: 'One trial back' }).click();
  expect(await trialsShown(page)).toEqual(['8', '8', '8']);
  await page.getByRole('slider', { name: 'Trial', exact: true }).fill('2');
  expect(await trialsShown(page)).toEqual(['2', '2', '2']);
  await expect.poll(() => page.url()).toContain('at=2');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => trialsShown(page), { timeout: 30_000 }).toEqual(['9', '9', '9']);
  await expect.poll(() => page.url()).not.toContain('at=');
});

test('says how many seeds end lower than the grid, and searches anew where a slider is turned', async () => {
  const page = await open('search');
  await expect.poll(() => page.locator('main').textContent(), { timeout: 60_000 }).toMatch(/Of 40 seeds, .*: Random in \d+, TPE in \d+/);
  const before = await tableOf(page);
  await page.getByRole('spinbutton', { name: 'seed of random search and TPE' }).fill('5');
  await expect.poll(async () => (await tableOf(page))[1], { timeout: 30_000 }).not.toEqual(before[1]);
  await expect.poll(async () => (await tableOf(page))[0], { timeout: 30_000 }).toEqual(before[0]); // the grid has no seed
  await page.getByRole('slider', { name: /^trials of each search/ }).fill('6');
  await expect.poll(() => trialsShown(page), { timeout: 30_000 }).toEqual(['36', '36', '36']);
});

test('a real training is searched, and trained at every point of the picture behind', async () => {
  const page = await open('search', { state: 'objective=training&side=3&scale=even' });
  await expect.poll(() => trialsShown(page), { timeout: 60_000 }).toEqual(['9', '9', '9']);
  for (const [, , loss] of await tableOf(page)) expect(Number(loss)).toBeLessThan(0.6);
  const note = page.locator('.search-progress');
  await expect.poll(() => note.textContent(), { timeout: 60_000 }).toMatch(/\d+ of 153 trainings/);
  await expect.poll(() => note.textContent(), { timeout: 120_000 }).toBe('');
});

test('an address that makes no sense is said in words', async () => {
  const page = await open('search', { state: 'objective=trainin&side=9' });
  const told = page.getByRole('alert');
  await expect.poll(() => told.textContent()).toContain("There is no objective 'trainin': did you mean 'training'?");
  expect(await told.textContent()).toContain("side takes a whole number from 2 to 8, not '9'.");
});
