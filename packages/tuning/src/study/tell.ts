import { DownhillError, show, type FrozenTrial } from '@downhill/core';
import { checkpointsOf } from './checkpoints.ts';
import { outcomeEvents } from './outcome.ts';
import { hasEnded, type StoredTrial } from './replay/stored.ts';
import { frozenTrial, type StudyContext } from './study-context.ts';
import type { Outcome } from './trial.ts';

/** Notes what a trial came to. Of several that tell, the first does; an outcome that comes after is not taken. */
export async function finish(context: StudyContext, id: number, outcome: Outcome): Promise<FrozenTrial> {
  const { ledger } = context;
  await ledger.exclusive(() => ledger.sync(...outcomeEvents(ledger.trial(id), outcome)));
  await clear(context, id);
  return frozenTrial(context, id);
}

/** What `tell` of a study does. */
export async function tell(context: StudyContext, number: number, outcome: Outcome): Promise<FrozenTrial> {
  const { ledger, stored } = context;
  const id = await ledger.exclusive(async () => {
    await ledger.sync();
    const told = stored.trials[number];
    if (told === undefined) throw refusal(`the study has no trial ${show(number)}`, `It has ${stored.trials.length}.`);
    checkOpen(ledger.trial(told));
    await ledger.sync(...outcomeEvents(ledger.trial(told), outcome));
    if (hasEnded(ledger.trial(told)) && ledger.trial(told).owner !== ledger.storage.worker) checkOpen(ledger.trial(told));
    return told;
  });
  await clear(context, id);
  return frozenTrial(context, id);
}

/** Removes the checkpoints of a trial that cannot go on. */
async function clear(context: StudyContext, id: number): Promise<void> {
  const { state } = context.ledger.trial(id);
  if (state !== 'complete' && state !== 'failed') return;
  const store = checkpointsOf(context, id);
  for (const name of await store.list()) await store.remove(name);
}

function checkOpen(trial: StoredTrial): void {
  if (hasEnded(trial)) throw refusal(`trial ${trial.number} is ${trial.state} already`, 'An outcome is told once; ask for another trial.');
  if (trial.state === 'waiting' && trial.startedAt === undefined)
    throw refusal(`trial ${trial.number} has not begun`, 'It was enqueued: ask for it first.');
}

const refusal = (problem: string, advice: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: 'tell', problem, advice });
