import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readRace } from '../read-race.ts';
import { useViews } from '../use-views.ts';

const open = useViews();

const stepShown = async (page: Page): Promise<string> =>
  ((await page.locator('.playback output').textContent()) ?? '').replaceAll(/\s/g, '');

test('a race is stepped through, dragged to any step and played to its end', async () => {
  const page = await open('race', { state: 'surface=bowl&steps=40&racer=sgd' });
  await readRace(page);
  expect(await stepShown(page)).toBe('40/40');
  await page.getByRole('button', { name: 'One step back' }).click();
  expect(await stepShown(page)).toBe('39/40');
  await page.getByRole('slider', { name: 'Step' }).fill('7');
  expect(await stepShown(page)).toBe('7/40');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => stepShown(page), { timeout: 30_000 }).toBe('40/40');
});

test('a click on the picture is where the race starts anew', async () => {
  const page = await open('race', { state: 'surface=bowl&steps=40&racer=sgd', viewport: { width: 1280, height: 900 } });
  await readRace(page);
  const start = page.getByLabel('Start x');
  const before = await start.inputValue();
  const picture = await page.locator('canvas').first().boundingBox();
  await page.mouse.click((picture?.x ?? 0) + 300, (picture?.y ?? 0) + 100);
  await expect.poll(() => start.inputValue()).not.toBe(before);
});

test('what is chosen is in the address, and the address opens the same race', async () => {
  const page = await open('race', { state: 'surface=bowl&steps=40&racer=sgd' });
  await page.getByLabel('Surface').selectOption({ label: 'Beale' });
  await expect.poll(() => page.url()).toContain('surface=beale');
  const again = await open('race', { state: page.url().replace(/^.*\?/, '') });
  expect(await again.getByLabel('Surface').locator('option:checked').textContent()).toBe('Beale');
  expect(await readRace(again)).toEqual(await readRace(page));
});

test('an address that makes no sense, and a formula that does not parse, are said in words', async () => {
  const page = await open('race', { state: 'surface=sadle&steps=0' });
  await expect.poll(() => page.locator('main').textContent()).toContain("There is no surface 'sadle': did you mean 'saddle'?");
  await page.getByLabel('Surface').selectOption('own');
  const formula = page.getByRole('textbox', { name: 'loss' });
  await formula.fill('x^2 + ');
  await expect.poll(() => formula.getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('[role=status] .problem').textContent()).toContain('x^2 + ');
});
