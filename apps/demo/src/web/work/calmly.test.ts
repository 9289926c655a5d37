import { expect, test } from 'vitest';
import { calmly } from './calmly.ts';

test('passes on no more than one in its time', async () => {
  const passed: number[] = [];
  const pass = calmly((item: number) => passed.push(item), 20);
  pass(1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  pass(2);
  pass(3);
  expect(passed).toEqual([2]);
});
