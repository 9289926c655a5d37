import { expect, test } from 'vitest';
import { openView } from '../../src/open-view.ts';
import { serveDemo } from '../../src/serve-demo.ts';
import { tableOf } from '../table-of.ts';
import { useBrowser } from '../use-program.ts';
import { useViews } from '../use-views.ts';

const open = useViews();
const browser = useBrowser();

test('cycles are turned on a slider: as many snapshots, in the address, which opens the same run', async () => {
  const page = await open('snapshots', { state: 'epochs=4' });
  await page.getByRole('slider', { name: 'cycles, and snapshots, slider' }).fill('3');
  const alone = async (): Promise<readonly (string | undefined)[]> => (await tableOf(page)).map((row) => row[2]);
  await expect.poll(alone, { timeout: 60_000 }).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^\d+\.\d %$/)));
  await expect.poll(() => page.url()).toContain('cycles=3');
  const again = await open('snapshots', { state: page.url().replace(/^.*\?/, '') });
  await expect.poll(() => tableOf(again), { timeout: 60_000 }).toEqual(await tableOf(page));
});

test('digits that the last model gets wrong alone are shown, with what each snapshot says', async () => {
  const page = await open('snapshots', { state: 'epochs=8&cycles=4' });
  const rescued = page.locator('.rescued li').filter({ has: page.locator('canvas') });
  await expect.poll(() => rescued.count(), { timeout: 60_000 }).toBeGreaterThan(0);
  expect(await rescued.first().textContent()).toMatch(/^\d, the snapshots say \d{4}$/);
});

test('an address that makes no sense is said in words', async () => {
  const page = await open('snapshots', { state: 'cycles=11' });
  await expect.poll(() => page.getByRole('alert').textContent()).toContain("cycles takes a whole number from 1 to 10, not '11'.");
});

test('digits that cannot be fetched are said in words, and fetched when the run is made again', async () => {
  const demo = await serveDemo();
  const { page, close } = await openView(browser(), demo.address, 'race'); // the refused request is an error of the console
  try {
    await page.context().route('**/digits/**', (route) => route.fulfill({ status: 503 }));
    await page.getByRole('link', { name: 'Snapshots' }).click();
    const told = page.getByRole('alert');
    await expect.poll(() => told.textContent(), { timeout: 30_000 }).toMatch(/images could not be fetched: .*503/);
    await page.context().unroute('**/digits/**');
    await page.getByRole('spinbutton', { name: 'epochs of the whole run' }).fill('4');
    await expect.poll(() => told.textContent()).toBe('');
    await expect.poll(async () => (await tableOf(page))[4]?.[4], { timeout: 60_000 }).toMatch(/%$/);
  } finally {
    await close();
    await demo.close();
  }
});
