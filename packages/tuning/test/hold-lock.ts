import { argv, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { withLock } from '../src/storages/file/file-lock.ts';

// Says that it has the lock, and keeps it.
const [, , path = '', count = '1'] = argv;
const nest = (lock: string, left: number): Promise<void> =>
  withLock(lock, async () => {
    if (left > 1) return nest(`${lock}.break`, left - 1);
    stdout.write('held\n');
    await setTimeout(60_000);
  });
await nest(path, Number(count));
