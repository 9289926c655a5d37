import { describe, expect, inject, test } from 'vitest';
import { LOOKS } from '../../src/looks.ts';
import { settled } from '../../src/open-view.ts';
import { serious } from '../serious.ts';
import { useViews } from '../use-views.ts';

const open = useViews();

describe.each(inject('views'))('the view %s', (view) => {
  test.each(LOOKS)('keeps nobody out, $name', async ({ options }) => {
    const page = await open(view, { ...options, reducedMotion: 'reduce' });
    await settled(page);
    expect(await serious(page)).toEqual([]);
  });

  test('needs no scrolling sideways on 360 pixels', async () => {
    const page = await open(view, { viewport: { width: 360, height: 780 } });
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('is where the keyboard goes', async () => {
    const page = await open(view);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
