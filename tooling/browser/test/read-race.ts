import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where an optimizer of a race ended. */
export interface Place {
  readonly loss: number;
  readonly x: number;
  readonly y: number;
  readonly state: string;
}

/** What the race's table says of each optimizer, once all are through. */
export async function readRace(page: Page): Promise<readonly Place[]> {
  const table = page.locator('table').first();
  await expect.poll(() => table.textContent(), { timeout: 30_000 }).toMatch(/finished|diverged/);
  await expect.poll(() => table.textContent(), { timeout: 30_000 }).not.toContain('running');
  const rows = await table
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  return rows.map(([, loss, x, y, , , state = '']) => ({ loss: numberIn(loss), x: numberIn(x), y: numberIn(y), state: state.trim() }));
}

/** A minus is written as the sign that is as wide as a plus. */
const numberIn = (text = ''): number => Number.parseFloat(text.replace('−', '-'));
