import { expect, test } from 'vitest';
import { useViews } from '../use-views.ts';

const open = useViews();
const patience = { timeout: 30_000 };

test('dropout drops its rate of a network that was trained here, and residual blocks are lit', async () => {
  const page = await open('regularization', { state: 'rate=0.25&blocks=54&survival=0.5' });
  await expect.poll(() => page.getByText(/^At step 0, \d+ of 54 blocks are lit/).count(), patience).toBe(1);
  const dropped = page.getByRole('row', { name: 'dropped by the draw' }).getByRole('cell').nth(1);
  await expect.poll(async () => Number.parseFloat((await dropped.textContent()) ?? ''), patience).toBeCloseTo(25, -1);
});
