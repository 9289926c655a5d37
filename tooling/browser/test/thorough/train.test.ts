import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { held, outcome, PATIENCE, press, status } from '../read-training.ts';
import { serious } from '../serious.ts';
import { useViews } from '../use-views.ts';

const open = useViews();
const SHORT = 'limit=1200&epochs=3';

/** Of the images of the last steps that were measured. */
const trainingAccuracy = async (page: Page): Promise<number> =>
  Number.parseFloat((await page.locator('.charts .key li', { hasText: 'training batch' }).innerText()).replace(/^.*:/, ''));

// In software a step of the recipe's 64 images takes seconds: few images, learned by heart, show the same.
describe.each(['webgl', 'webgpu'])('the recipe in the page, on %s', (backend) => {
  test('learns, and is judged', async () => {
    const page = await open('train', { state: `limit=24&batchSize=8&epochs=6&augment=none&emaDecay=0&lastEpochs=0&backend=${backend}` });
    await press(page, 'Start');
    await status(page, new RegExp(`^Trains on ${backend}`));
    expect((await outcome(page)).accuracy).toBeGreaterThan(20); // a tenth is chance
    expect(await trainingAccuracy(page)).toBeGreaterThan(0.5);
  });
});

test('a run is held, goes on, writes a checkpoint when it is asked to, is stopped and goes on to its end', async () => {
  const page = await open('train', { state: 'limit=3000&epochs=3' });
  await press(page, 'Start');
  await press(page, 'Pause');
  const step = await held(page);
  await page.waitForTimeout(1000);
  expect(await page.locator('.numbers').innerText()).toContain(`Step ${step} of 129`);
  await press(page, 'Resume');
  await status(page, /^Goes on/);
  await press(page, 'Checkpoint');
  await page.getByText(`last checkpoint at step ${step}`).waitFor({ ...PATIENCE, state: 'detached' });
  await press(page, 'Stop');
  expect(await status(page, /^Stopped/)).toContain('is judged at its end');
  await page.getByRole('button', { name: 'Go on with run 1' }).click();
  await status(page, /^Goes on from step/);
  expect((await outcome(page)).accuracy).toBeGreaterThan(80);
  expect(await page.locator('.train .verdict').innerText()).toContain('After epoch 3');
});

test('a run goes on while another view is looked at', async () => {
  const page = await open('train', { state: SHORT });
  await press(page, 'Start');
  await status(page, /^Trains on/);
  await page.getByRole('link', { name: 'Schedules' }).click();
  await page.getByRole('heading', { name: 'Learning-rate schedules' }).waitFor();
  await page.getByRole('link', { name: 'Train' }).click();
  expect((await outcome(page)).accuracy).toBeGreaterThan(50);
});

test('a finished run answers for a test image and for what is drawn, with pointer or keys; it is judged again after a reload', async () => {
  const page = await open('train', { state: 'epochs=2' });
  await press(page, 'Start');
  const first = await outcome(page);
  const answers = page.locator('.answers tbody tr');
  await press(page, 'Show it');
  await page.getByText('it is meant as 7').waitFor();
  const likeliest = (): Promise<readonly string[]> => answers.locator('td.right').allTextContents();
  await expect.poll(likeliest, PATIENCE).toEqual(['7', '7', '7']);

  expect(await serious(page)).toEqual([]);
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 780 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.setViewportSize(wide);

  const pad = page.getByRole('application', { name: 'Pad to draw a digit on' });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 0.2 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 0.8 * box.height, { steps: 8 });
  await page.mouse.up();
  await expect.poll(likeliest, PATIENCE).toEqual(['1', '1', '1']);

  await press(page, 'Next');
  await page.getByText('it is meant as 2').waitFor();
  await expect.poll(likeliest, PATIENCE).toEqual(['2', '2', '2']);
  await press(page, 'Wipe');
  await pad.focus();
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect.poll(likeliest, PATIENCE).toEqual(['1', '1', '1']);

  await page.reload();
  await page.getByRole('button', { name: 'Judge run 1' }).click(PATIENCE);
  expect(await outcome(page)).toEqual(first);
  await press(page, 'Forget run 1');
  await page.getByText('There is none yet').waitFor(PATIENCE);
});

test('storage that is full is said in words, and the run is finished and kept until the page is left', async () => {
  const page = await open('train', { state: SHORT });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 100_000 });
  await press(page, 'Start');
  await outcome(page);
  expect(await page.locator('.train .problems').innerText()).toContain("the browser's storage is full. Remove old runs");
  expect(await page.getByRole('button', { name: 'Judge run 1' }).count()).toBe(1);
});

test('settings that make no sense are refused in words, and a run that another page is at work on', async () => {
  const page = await open('train', { state: 'epochs=many&batchSize=0' });
  const problems = page.locator('.train .problems');
  expect(await problems.innerText()).toContain("epochs takes a number, not 'many'");
  await press(page, 'Start');
  await problems.filter({ hasText: '`batchSize` must be' }).waitFor(PATIENCE);
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('images a step').fill('64');
  await page.getByLabel('training images').fill('3000');
  await press(page, 'Start');
  await press(page, 'Pause');
  await held(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Go on with run 1' }).click(PATIENCE);
  await other.getByText('Another page of this browser is at work on this run').waitFor(PATIENCE);
});
