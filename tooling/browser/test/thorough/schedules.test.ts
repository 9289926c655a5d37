import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useViews } from '../use-views.ts';

const open = useViews();

const code = (page: Page): Promise<string> => page.locator('.code').innerText();
const lastLosses = (page: Page): Promise<readonly number[]> =>
  page.locator('.key output').evaluateAll((all) => all.map(({ textContent }) => Number(textContent)));

/** The last losses of the two small runs, once both are through. */
async function readRuns(page: Page): Promise<readonly number[]> {
  await expect.poll(async () => (await lastLosses(page)).filter((loss) => loss > 0), { timeout: 30_000 }).toHaveLength(2);
  return lastLosses(page);
}

test('a schedule of the gallery takes the place of the last one, and is code that can be copied', async () => {
  const page = await open('schedules', { state: 'steps=200&warmup=0&phase=constant' });
  expect(await code(page)).toMatch(/^constant\(/);
  const cyclic = page.getByRole('list', { name: 'All schedules' }).getByRole('button', { name: 'cyclic', exact: true });
  await cyclic.click();
  await expect.poll(() => cyclic.getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => code(page)).toMatch(/^cyclic\(/);
  await expect.poll(() => page.url()).toContain('phase=cyclic');
});

test('a number is set by its slider, and the small run is made anew', async () => {
  const page = await open('schedules', { state: 'steps=200&warmup=0&phase=constant,value:0.0001' });
  const [slow = 0] = await readRuns(page);
  await page.getByRole('slider', { name: 'value, slider' }).fill('-1.5');
  await expect.poll(() => code(page)).toContain('0.0316');
  await expect.poll(async () => (await lastLosses(page))[0], { timeout: 30_000 }).toBeLessThan(0.8 * slow);
});

test('schedules are put one behind the other, with a warm-up before', async () => {
  const page = await open('schedules', { state: 'steps=200&warmup=0&phase=constant' });
  await page.getByRole('button', { name: 'Then another schedule' }).click();
  await page.getByRole('spinbutton', { name: 'warm-up steps' }).fill('20');
  await expect.poll(() => code(page)).toMatch(/warmup\(.*sequence\(/s);
  await expect.poll(() => page.url()).toContain('warmup=20');
  const again = await open('schedules', { state: page.url().replace(/^.*\?/, '') });
  expect(await code(again)).toBe(await code(page));
});

test('what makes no sense is said in words: a name, a warm-up longer than the run, a length of nothing', async () => {
  const page = await open('schedules', { state: 'steps=100&warmup=101&phase=cosin' });
  await expect.poll(() => page.locator('.problems').innerText()).toContain("There is no schedule 'cosin': did you mean 'cosine'?");
  expect(await page.locator('.problems').innerText()).toContain("warmup takes a whole number from 0 to 100, not '101'.");
  const none = await open('schedules', { state: 'steps=0' });
  await expect.poll(() => none.locator('.problems').innerText()).toContain("not '0'");
});
