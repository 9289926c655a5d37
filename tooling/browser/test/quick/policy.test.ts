import { afterEach, expect, inject, test } from 'vitest';
import type { calls } from '../../src/pages/policy.ts';
import { openProgram, type OpenProgram } from '../../src/open-program.ts';
import { useBrowser } from '../use-program.ts';

const browser = useBrowser();
let opened: OpenProgram<typeof calls> | undefined;
afterEach(() => opened?.close());

async function open(): Promise<OpenProgram<typeof calls>> {
  opened = await openProgram<typeof calls>(browser(), inject('pages'), 'policy');
  return opened;
}

test('a page may compile WebAssembly, and that is no problem', async () => {
  const { call, problems } = await open();
  expect(await call('compile')).toBe('done');
  expect(problems).toEqual([]);
});

test('a page may not evaluate text: it is refused, and a problem', async () => {
  const { call, problems } = await open();
  expect(await call('evaluate')).toBe('EvalError');
  await expect.poll(() => problems).toEqual([expect.stringContaining('unsafe-eval')]);
});

test('a script within the page does not run, and is a problem', async () => {
  const { call, problems } = await open();
  await call('inject');
  expect(await call('injected')).toBe(false);
  await expect.poll(() => problems).toEqual([expect.stringContaining('inline script')]);
});

test('a request to another origin is refused, and a problem', async () => {
  const { call, problems } = await open();
  expect(await call('fetchElsewhere', 'http://127.0.0.1:9/')).toBe('refused');
  expect(problems).toContainEqual(expect.stringContaining('http://127.0.0.1:9/'));
});

test('an error in the console and an exception that nobody caught are problems', async () => {
  const { call, problems } = await open();
  await call('logError', 'something is wrong');
  await call('throwLater', 'nobody caught me');
  await expect.poll(() => problems).toEqual(['console: something is wrong', 'exception: nobody caught me']);
});

test('so is an error in the console of a worker', async () => {
  const { call, problems } = await open();
  await call('logErrorInWorker', 'something is wrong');
  await expect.poll(() => problems).toEqual(['console: something is wrong']);
});

test('a call that is not there is an error', async () => {
  const { call } = await open();
  await expect(call('nothing' as 'compile')).rejects.toThrow("there is no call 'nothing'");
});
