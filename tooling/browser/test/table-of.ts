import type { Page } from 'playwright-core';

/** The text of each cell of a view's first table, row by row, with a plain minus. */
export const tableOf = async (page: Page): Promise<readonly (readonly string[])[]> =>
  page
    .locator('table')
    .first()
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim().replace('−', '-'))));
