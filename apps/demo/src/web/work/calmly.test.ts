import { expect, test } from 'vitest';
import { calmly } from './calmly.ts';

test('passes on what must be, and of the rest no more than one in its time', () => {
  const passed: number[] = [];
  const pass = calmly((item: number) => passed.push(item), 60_000);
  pass(1);
  pass(2, true);
  pass(3);
  expect(passed).toEqual([2]);
  const all: number[] = [];
  const passAll = calmly((item: number) => all.push(item), 0);
  passAll(1);
  passAll(2);
  expect(all).toEqual([1, 2]);
});
