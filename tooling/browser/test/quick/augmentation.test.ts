import { expect, test } from 'vitest';
import { canvasColour } from '../canvas-colour.ts';
import { RED, TEXT } from '../picture-files.ts';
import { useViews } from '../use-views.ts';

const open = useViews();
const patience = { timeout: 30_000 };

test('a picture of the visitor’s goes through the pipeline, whose plan stands beside; what is no picture is said and changes nothing', async () => {
  const page = await open('augmentation', { state: 'step=rotate:30&step=invert:1' });
  const plan = page.getByRole('region', { name: 'The compiled plan' });
  await expect.poll(() => plan.textContent(), patience).toContain('rotate, invert: 2 passes');
  const sample = page.locator('.samples canvas').first();
  await page.getByLabel('Or your own').setInputFiles(RED);
  await expect.poll(() => page.locator('.picture-field .note').textContent(), patience).toContain('red.png, 1 × 1 pixels');
  // the middle is cyan, the corners that came in with the turn are white
  await expect.poll(async () => (await canvasColour(sample)).map((level) => level > 200), patience).toEqual([false, true, true]);
  await page.getByLabel('Or your own').setInputFiles(TEXT);
  await expect
    .poll(() => page.locator('.picture-field [role=alert]').textContent(), patience)
    .toContain("'letter.png' does not decode as a picture");
  expect(await page.locator('.picture-field .note').textContent()).toContain('red.png');
});
