import { expect, test } from 'vitest';
import { tableOf } from '../table-of.ts';
import { useViews } from '../use-views.ts';

const open = useViews();

test('random search finds the narrow valley that the grid steps over', async () => {
  const page = await open('search');
  await expect.poll(async () => (await tableOf(page)).map(([, trials]) => trials), { timeout: 30_000 }).toEqual(['16', '16', '16']);
  const [grid, random, tpe] = (await tableOf(page)).map(([, , loss, , , , values]) => ({ loss: Number(loss), values: Number(values) }));
  expect([grid?.values, random?.values, tpe?.values]).toEqual([4, 16, 16]);
  expect(random?.loss).toBeLessThan(grid?.loss ?? 0);
  expect(tpe?.loss).toBeLessThan(grid?.loss ?? 0);
});
