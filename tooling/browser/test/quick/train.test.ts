import { expect, test } from 'vitest';
import { held, outcome, PATIENCE, press, status } from '../read-training.ts';
import { useViews } from '../use-views.ts';

const open = useViews();

test('a training on a subset reaches 95 % on wasm', async () => {
  const page = await open('train', { state: 'epochs=3' });
  await press(page, 'Start');
  await status(page, /^Trains on wasm/);
  expect((await outcome(page)).accuracy).toBeGreaterThan(95);
}, 120_000);

test('a run that was held, and left by a reload, goes on with the same bits', async () => {
  const state = 'limit=1200&epochs=3';
  const whole = await open('train', { state });
  await press(whole, 'Start');
  const expected = await outcome(whole);

  const page = await open('train', { state });
  await press(page, 'Start');
  await press(page, 'Pause');
  const step = await held(page);
  await page.reload();
  await page.getByRole('button', { name: 'Go on with run 1' }).click(PATIENCE);
  expect(await status(page, /^Goes on from/)).toContain(`from step ${step} `);
  expect((await outcome(page)).hash).toBe(expected.hash);
}, 120_000);
