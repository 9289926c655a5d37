import {
  bagging,
  deepEnsemble,
  outOfBagEstimate,
  takeRows,
  trainEnsemble,
  type EnsemblePlan,
  type MemberTrainer,
} from '@downhill/ensembles';
import { batches, memoryStore, type CheckpointStore } from '@downhill/training';
import { fashionNetwork } from '../fashion/network.ts';
import { classesOf } from './classes-of.ts';
import type { MethodOf } from './methods.ts';
import { meanOfMembers, openMembers } from './one-run.ts';
import type { Prediction, Work } from './work.ts';

/** Networks that differ by their seeds. */
export async function deep(work: Work, { members, share }: MethodOf<'deep ensemble'>): Promise<Prediction> {
  const store = await trainedMembers(work, deepEnsemble({ members, seed: work.seed }), Math.floor(work.budget.epochs * share));
  return meanOfMembers(work, await openMembers(store));
}

/** Networks that each learn from a bootstrap sample of the training pictures. */
export async function bagged(work: Work, { members }: MethodOf<'bagging'>): Promise<Prediction> {
  const { training } = work.data;
  const plan = bagging({ examples: training.rows.length, members, seed: work.seed });
  const opened = await openMembers(await trainedMembers(work, plan, work.budget.epochs));
  const { score } = outOfBagEstimate({ plan, outputs: await work.predict(opened, training), targets: classesOf(training) });
  return { ...(await meanOfMembers(work, opened)), details: { outOfBagAccuracy: score } };
}

async function trainedMembers(work: Work, plan: EnsemblePlan, epochs: number): Promise<CheckpointStore> {
  const { data, budget, signal } = work;
  const store = memoryStore();
  const trainMember: MemberTrainer = async ({ seed, rows }) => {
    const model = fashionNetwork();
    const pictures = rows === undefined ? data.training : takeRows(data.training, rows);
    await work.fit(model, { seed, epochs, source: batches(pictures, { batchSize: budget.batchSize, shuffle: seed }) });
    return model;
  };
  await trainEnsemble({ plan, trainMember, store, signal });
  signal.throwIfAborted();
  return store;
}
