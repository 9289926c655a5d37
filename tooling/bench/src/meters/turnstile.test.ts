import { expect, test } from 'vitest';
import { turnstile } from './turnstile.ts';

test('a loop goes one turn each time it is let through', async () => {
  const { pass, letThrough } = turnstile();
  const turns: number[] = [];
  const loop = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) {
      await pass();
      await Promise.resolve();
      turns.push(turn);
    }
    await pass();
  };
  void loop();
  await new Promise((resolve) => setTimeout(resolve));
  expect(turns).toEqual([]);
  await letThrough();
  expect(turns).toEqual([0]);
  await letThrough();
  await letThrough();
  expect(turns).toEqual([0, 1, 2]);
});
