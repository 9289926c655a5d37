import { argv } from 'node:process';
import { journalFile } from '../src/storages/journal-file.ts';

// Appends reports to a journal, one at a time, from a process of its own.
const [, , path = '', count = '0', trial = '0'] = argv;
const storage = journalFile(path);
for (let step = 0; step < Number(count); step += 1) {
  await storage.append([{ worker: storage.worker, type: 'report', trial: Number(trial), step, value: step / 3 }]);
}
