import { show } from '@downhill/core';
import type { CheckpointStore } from '@downhill/training';
import { checkEnsembleOptions, wrong, type EnsembleOptions, type TrainedEnsemble } from './ensemble-options.ts';
import { checkpointsOf, weightsOf, type MemberTrainer } from './member-task.ts';
import { trainMembers } from './train-members.ts';

/** Options of {@link trainEnsemble}. */
export interface TrainEnsembleOptions extends EnsembleOptions {
  readonly trainMember: MemberTrainer;
  /** Where the ensemble is kept; it also tells which members are finished. */
  readonly store: CheckpointStore;
}

/**
 * Trains the members of a plan, one after the other, and keeps each in the store as soon as it is finished. Called again, after a crash or
 * a stop, it trains those that are not: a member is finished when its file is whole and has the hash that its name says. The same plan and
 * trainer give the same members in any order, in one process or several: each member depends on its index alone. Two processes that train
 * the same member write the same file; `only` shares the work out.
 *
 * `trainEnsembleInWorkers` of `@downhill/ensembles/node` trains several at a time.
 *
 * @example
 * const trainMember = ({ seed }) => ({ weights: new Map(), info: { seed } });
 * const { finished } = await trainEnsemble({ plan: deepEnsemble({ members: 2 }), trainMember, store: memoryStore() });
 * finished; // ['member-000', 'member-001']
 *
 * @throws DownhillError `invalid-argument` for wrong options; `state-mismatch` where the store holds members of another plan or other
 * settings; `member-failed`, naming the member, where its trainer throws: members under way are finished and kept first.
 */
export async function trainEnsemble(options: TrainEnsembleOptions): Promise<TrainedEnsemble> {
  const { trainMember, store } = options;
  checkEnsembleOptions('trainEnsemble', options);
  if (typeof trainMember !== 'function')
    throw wrong('trainEnsemble', `\`trainMember\` must be a function of a task, got ${show(trainMember)}`);
  if (typeof (store as Partial<CheckpointStore> | undefined)?.write !== 'function')
    throw wrong('trainEnsemble', `\`store\` must be a store, got ${show(store)}`, 'memoryStore() is one.');
  return trainMembers(options, store, 1, async (member, { signal, report }) =>
    weightsOf(await trainMember({ ...member, signal, report, data: options.data, checkpoints: checkpointsOf(store, member.name) })),
  );
}
