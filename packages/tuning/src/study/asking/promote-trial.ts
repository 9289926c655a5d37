import { DownhillError } from '@downhill/core';
import { callPlugin } from '../call-plugin.ts';
import { keys } from '../replay/keys.ts';
import type { StudyContext } from '../study-context.ts';
import { beginTrial } from './begin-trial.ts';
import { fillTrial } from './fill-trial.ts';
import { withdraw } from './withdraw.ts';

/**
 * A trial that goes on from the pruned one that the pruner names. Where another worker goes on from that one too, whoever was first does; the
 * other asks its pruner again, and gives its trial new settings or withdraws it where the pruner has nothing else.
 */
export async function promoteTrial(context: StudyContext, fresh: boolean): Promise<number | undefined> {
  const { ledger } = context;
  let id: number | undefined;
  for (let chosen = promoted(context); chosen !== undefined; chosen = promoted(context)) {
    if (id === undefined) id = await beginTrial(context, { [keys.continues]: chosen });
    else await ledger.sync({ type: 'trial-attribute', trial: id, by: 'system', key: keys.continues, value: chosen });
    if (ledger.trial(id).continues !== undefined) break;
  }
  if (id === undefined) return undefined;
  const isTaken = (fresh || ledger.trial(id).continues !== undefined) && (await fillTrial(context, id));
  if (isTaken) return id;
  await withdraw(context, id);
  return undefined;
}

function promoted({ pruner, ledger, stored, view }: StudyContext): number | undefined {
  const number = pruner === undefined ? undefined : callPlugin(pruner.name, () => pruner.promote?.(view()));
  if (pruner === undefined || number === undefined) return undefined;
  const id = stored.trials[number];
  if (id !== undefined && ledger.trial(id).state === 'pruned' && !stored.continued.has(number)) return number;
  throw new DownhillError({
    code: 'invalid-argument',
    source: pruner.name,
    problem: `\`promote\` must give the number of a pruned trial that no other goes on from, got ${String(number)}`,
  });
}
