import type { StoredTrial } from '../replay/stored.ts';
import type { StudyContext } from '../study-context.ts';
import { fillTrial } from './fill-trial.ts';
import { withdraw } from './withdraw.ts';

/** Whether a waiting trial had begun before: it was interrupted, and not just enqueued. */
export const hadBegun = ({ startedAt }: StoredTrial): boolean => startedAt !== undefined;

/** Runs the first waiting trial of those that suit. Of several workers that try, one has it, and the others look for another. */
export async function takeWaiting(context: StudyContext, suits: (trial: StoredTrial) => boolean): Promise<number | undefined> {
  const { ledger, stored } = context;
  for (const id of stored.open) {
    const trial = ledger.trial(id);
    if (trial.state !== 'waiting' || !suits(trial)) continue;
    await ledger.sync({ type: 'state', trial: id, state: 'running', at: Date.now() });
    const { state, owner } = ledger.trial(id);
    if (state !== 'running' || owner !== ledger.storage.worker) continue;
    if (await fillTrial(context, id)) return id;
    await withdraw(context, id);
  }
  return undefined;
}
