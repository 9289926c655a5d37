import type { BrowserContextOptions } from 'playwright-core';

/** How the demo is looked at: light and dark, wide and as narrow as a telephone. */
export const LOOKS: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = (['light', 'dark'] as const).flatMap(
  (colorScheme) => [
    { name: `${colorScheme}-wide`, options: { colorScheme, viewport: { width: 1280, height: 900 } } },
    { name: `${colorScheme}-narrow`, options: { colorScheme, viewport: { width: 360, height: 780 } } },
  ],
);
