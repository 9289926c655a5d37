import type { Json, Settings } from '@downhill/core';
import type { StudyContext } from '../study-context.ts';

/** Appends a running trial. @returns its id */
export async function beginTrial(
  { ledger, stored, space }: StudyContext,
  systemAttributes: Readonly<Record<string, Json>> = {},
  settings: Settings = {},
): Promise<number> {
  const before = stored.trials.length;
  const parameters = Object.fromEntries(Object.entries(space.parameters).filter(([name]) => settings[name] !== undefined));
  await ledger.sync({ type: 'trial', study: stored.id, state: 'running', at: Date.now(), settings, parameters, systemAttributes });
  return stored.trials.slice(before).find((id) => ledger.trial(id).owner === ledger.storage.worker) as number;
}
