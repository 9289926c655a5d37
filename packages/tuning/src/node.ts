export { objectiveInThreads, type ObjectiveInThreads, type ObjectiveInThreadsOptions } from './parallel/objective-in-threads.ts';
export { optimizeInThreads, type OptimizeInThreadsOptions } from './parallel/optimize-in-threads.ts';
export { journalFile } from './storages/journal-file.ts';
export { repairJournal, type JournalRepair } from './storages/repair-journal.ts';
export type { JournalLoss } from './storages/file/repaired-lines.ts';
