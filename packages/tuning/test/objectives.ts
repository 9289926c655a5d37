// What the tests run in threads and on other hosts: ways to come to a value, and ways to go wrong.
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import { pruned, type Pruned, type Trial } from '../src/study/trial.ts';

interface TestSettings {
  readonly x: number;
  readonly does?: string;
  /** Where a way of going wrong notes that it did, so as to do it once. */
  readonly note?: string;
}

interface Kept {
  readonly step: number;
  readonly sum: number;
}

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const valueIn = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** Whether this is the first time that somebody asks with this note. */
function first(note: string): boolean {
  if (existsSync(note)) return false;
  writeFileSync(note, '');
  return true;
}

export async function objective(trial: Trial): Promise<number | Pruned> {
  const { number, settings, seed, repeat, reached, checkpoints, report, setAttribute } = trial;
  const { x, does, note = '' } = settings as unknown as TestSettings;
  switch (does) {
    case 'throws':
      throw new RangeError(`too far: ${x}`);
    case 'returns nothing':
      return undefined as unknown as number;
    case 'nan':
      await report(0, Number.NaN);
      return Number.NaN;
    case 'exit':
      return process.exit(3);
    case 'uncaught':
      setTimeout(() => {
        throw new Error('nobody caught this');
      });
      return new Promise<number>(() => {});
    case 'waits':
      await report(0, x);
      trial.signal.throwIfAborted();
      return new Promise<number>((_, reject) => trial.signal.addEventListener('abort', () => reject(trial.signal.reason as Error)));
    case 'blocks':
      for (const end = Date.now() + 3000; Date.now() < end;);
      return x;
    case 'thread':
      return isMainThread ? 0 : 1;
    case 'who':
      await setAttribute('who', { number, seed, repeat, reached: reached ?? null, names: [...(await checkpoints.list())] });
      return x;
    case 'late':
      void report(0, x);
      void setAttribute('late', true);
      return x;
    case undefined:
    default:
  }
  // A checkpoint may be ahead of what was reported, where it was cut off in between: it says itself how far it is.
  const kept = (await checkpoints.list()).includes('sum') ? (valueIn(await checkpoints.read('sum')) as Kept) : { step: -1, sum: 0 };
  let { sum } = kept;
  if (kept.step > (reached ?? -1)) await report(kept.step, sum);
  for (let step = kept.step + 1; step < 6; step++) {
    sum += Math.sqrt(x + step);
    if (does === 'slow') await sleep(150, undefined, { signal: trial.signal });
    await checkpoints.write('sum', text({ step, sum } satisfies Kept));
    if (await report(step, sum)) return pruned;
    if (does === 'exits in the middle' && step === 2 && first(note)) process.exit(3);
  }
  return sum;
}
