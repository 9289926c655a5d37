import { expect, test } from 'vitest';
import { bell } from './bell.ts';

const LONG = 60_000;

test('a bell that rings ends the wait for it, also when it rang before', async () => {
  const { ring, heard } = bell();
  ring();
  await heard(LONG);
  const waiting = heard(LONG);
  ring();
  await waiting;
});

test('each ring is heard once; without one the time is up some day', async () => {
  const { ring, heard } = bell();
  ring();
  await heard(LONG);
  const began = performance.now();
  await heard(50);
  expect(performance.now() - began).toBeGreaterThan(45);
});
