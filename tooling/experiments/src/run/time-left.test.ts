import { expect, test } from 'vitest';
import { minutes, timeLeft } from './time-left.ts';

test('takes the pace of all steps so far', () => {
  let now = 5000;
  const left = timeLeft(100, () => now);
  now += 10_000;
  expect(left.after(10)).toBe(90);
  left.finish(40);
  now += 10_000;
  expect([left.done, left.after(10)]).toEqual([40, 20]);
});

test.each([
  [0, '0:00'],
  [65.9, '1:05'],
  [600, '10:00'],
])('%d seconds are %s', (seconds, text) => expect(minutes(seconds)).toBe(text));
