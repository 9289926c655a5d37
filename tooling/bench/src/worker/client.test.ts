import { expect, test } from 'vitest';
import { startWorker } from './client.ts';

/** A worker that runs this JavaScript. */
const script = (code: string): Parameters<typeof startWorker>[0] => ({ name: 'a worker', command: process.execPath, args: ['-e', code] });

const ECHO = `
  console.log('a greeting');
  console.log(JSON.stringify({ ready: { version: '1' } }));
  require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const question = JSON.parse(line);
    console.log(JSON.stringify(question.do === 'steps' ? { ms: Array(question.count).fill(2) } : { error: 'no such thing' }));
  });`;

test('asks a worker for times', async () => {
  const worker = await startWorker(script(ECHO));
  expect(worker.notes).toEqual({ version: '1' });
  expect(await worker.time(3)).toEqual([2, 2, 2]);
  worker.stop();
});

test('passes on why a worker has no answer', async () => {
  const worker = await startWorker(script(ECHO));
  await expect(worker.kernels(1)).rejects.toThrow('a worker: no such thing');
  worker.stop();
});

test('says how a worker ended that never was ready', async () => {
  await expect(startWorker(script('console.error("out of luck"); process.exit(3)'))).rejects.toThrow(
    /a worker: the worker ended \(exit 3\)\nout of luck/,
  );
});

test('says that a program is not there', async () => {
  await expect(startWorker({ name: 'a worker', command: 'no-such-program', args: [] })).rejects.toThrow('ENOENT');
});
