import type { BrowserContextOptions, Page } from 'playwright-core';

/** How the demo is looked at: light and dark, wide and as narrow as a telephone. */
export const LOOKS: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = (['light', 'dark'] as const).flatMap(
  (colorScheme) => [
    { name: `${colorScheme}-wide`, options: { colorScheme, viewport: { width: 1280, height: 900 } } },
    { name: `${colorScheme}-narrow`, options: { colorScheme, viewport: { width: 360, height: 780 } } },
  ],
);

/** What a view needs before its picture is taken, where it does nothing on its own: the part of its address after the `?`, and a visitor. */
export const VISITS: Readonly<Record<string, { readonly state: string; visit(page: Page): Promise<void> }>> = {
  train: {
    state: 'epochs=3',
    async visit(page) {
      await page.getByRole('button', { name: 'Start' }).click();
      await page.locator('.judged').waitFor({ timeout: 120_000 });
      await page.getByRole('button', { name: 'Show it' }).click();
      await page.locator('.answers tbody tr').first().waitFor();
    },
  },
};
