export { journalFile } from './storages/journal-file.ts';
export { repairJournal, type JournalRepair } from './storages/repair-journal.ts';
export type { JournalLoss } from './storages/file/repaired-lines.ts';
