import { expect, test } from 'vitest';
import { tableOf } from '../table-of.ts';
import { useViews } from '../use-views.ts';

const open = useViews();

test('snapshots of a training on digits are worth more together than the last one alone', async () => {
  const page = await open('snapshots', { state: 'cycles=4&epochs=8' });
  const right = async (column: number): Promise<readonly number[]> =>
    (await tableOf(page)).map((row) => Number.parseFloat(row[column] ?? ''));
  await expect.poll(() => right(2), { timeout: 60_000 }).toEqual(Array.from({ length: 5 }, () => expect.any(Number)));
  await expect.poll(async () => (await right(2)).some(Number.isNaN), { timeout: 60_000 }).toBe(false);
  const [alone, together] = [(await right(2))[3] ?? 0, (await right(4))[3] ?? 0];
  expect(alone).toBeGreaterThan(70);
  expect(together).toBeGreaterThan(alone);
});
