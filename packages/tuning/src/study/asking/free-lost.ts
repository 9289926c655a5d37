import type { NewEvent } from '../ledger.ts';
import { keys } from '../replay/keys.ts';
import type { StudyContext } from '../study-context.ts';

/** Makes trials wait again whose worker has ended without telling what they came to. */
export async function freeLost({ ledger, stored }: StudyContext): Promise<void> {
  const { storage } = ledger;
  const lost = [...stored.open]
    .map((id) => ledger.trial(id))
    .filter(({ state, owner }) => state === 'running' && owner !== storage.worker && !storage.isAlive(owner));
  if (lost.length === 0) return;
  const at = Date.now();
  await ledger.sync(
    ...lost.flatMap(({ id: trial, owner }): readonly NewEvent[] => [
      { type: 'trial-attribute', trial, by: 'system', key: keys.lost, value: owner },
      { type: 'state', trial, state: 'waiting', at },
    ]),
  );
}
