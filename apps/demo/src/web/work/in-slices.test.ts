import { expect, test } from 'vitest';
import { inSlices } from './in-slices.ts';

function* counting(to: number, closed: () => void): Generator<void, number> {
  try {
    for (let i = 0; i < to; i += 1) {
      const end = performance.now() + 5;
      while (performance.now() < end); // work that takes its time
      yield;
    }
    return to;
  } finally {
    closed();
  }
}

test('gives the result, and lets timers fire meanwhile', async () => {
  let fired = false;
  setTimeout(() => (fired = true), 0);
  expect(
    await inSlices(
      counting(20, () => undefined),
      new AbortController().signal,
    ),
  ).toBe(20);
  expect(fired).toBe(true);
});

test('gives up what is no longer wanted, and closes it', async () => {
  let closed = false;
  expect(
    await inSlices(
      counting(1e9, () => (closed = true)),
      AbortSignal.abort(),
    ),
  ).toBeUndefined();
  expect(closed).toBe(true);
});

test('throws what the work throws', async () => {
  // oxlint-disable-next-line require-yield
  const broken = (function* (): Generator<void, number> {
    throw new Error('broken');
  })();
  await expect(inSlices(broken, new AbortController().signal)).rejects.toThrow('broken');
});
