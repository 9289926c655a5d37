import type { Json } from '@downhill/core';
import { keys } from '../study/replay/keys.ts';
import { replay } from '../study/replay/replay.ts';
import type { Study } from '../study/study.ts';
import type { Storage } from '../storages/storage.ts';

/** Enqueues those settings that are not yet: the same command, given once more to go on, does not try them twice. */
export async function enqueueAll(study: Study, storage: Storage, all: readonly Json[]): Promise<void> {
  if (all.length === 0) return;
  const { studies, trials } = replay(await storage.read(0));
  const stored = studies.find(({ name, isDeleted }) => name === study.name && !isDeleted);
  const before = (stored?.trials ?? []).map((id) => JSON.stringify(trials[id]?.system[keys.enqueued]));
  for (const settings of all) {
    if (!before.includes(JSON.stringify(settings))) await study.enqueue(settings as Parameters<Study['enqueue']>[0]);
  }
}
