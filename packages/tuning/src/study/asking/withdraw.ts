import { keys } from '../replay/keys.ts';
import type { StudyContext } from '../study-context.ts';

/** Ends a trial that got a number before another worker took what was left for it to do. */
export async function withdraw({ ledger }: StudyContext, trial: number): Promise<void> {
  await ledger.sync(
    { type: 'trial-attribute', trial, by: 'system', key: keys.error, value: 'withdrawn: another worker took what was left to try' },
    { type: 'state', trial, state: 'failed', at: Date.now() },
  );
}
