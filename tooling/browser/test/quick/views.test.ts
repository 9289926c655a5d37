import { expect, inject, test } from 'vitest';
import { useViews } from '../use-views.ts';

const open = useViews();

test.each(inject('views'))(
  'the view %s opens from a folder of a server, under the policy and without a request elsewhere',
  async (view) => {
    const page = await open(view);
    expect(await page.title()).toMatch(/ · Downhill$/);
    expect(await page.locator('nav a[aria-current=page]').getAttribute('href')).toMatch(new RegExp(String.raw`^#/${view}(\?|$)`));
  },
);

test('a view that is not there leads to the first one', async () => {
  const page = await open('nothing');
  expect(await page.locator('nav a').first().getAttribute('aria-current')).toBe('page');
});
