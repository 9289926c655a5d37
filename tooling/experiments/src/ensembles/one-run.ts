import { combine, lastEpochs, mean, openEnsemble, snapshots, type Member } from '@downhill/ensembles';
import { cycleEnds, snapshotCosine } from '@downhill/schedulers';
import { memoryStore, type CheckpointStore } from '@downhill/training';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fashionNetwork } from '../fashion/network.ts';
import { nesterov } from '../fashion/rule.ts';
import type { Fit } from '../fashion/train-network.ts';
import type { MethodOf } from './methods.ts';
import { withNetwork, type Prediction, type Work } from './work.ts';

/** The network as it was after each of the last epochs. */
export const lastOfOneRun = (work: Work, { last }: MethodOf<'last epochs'>): Promise<Prediction> =>
  membersOfOneRun(work, (model, store) => ({ hooks: [lastEpochs({ model, store, last })] }));

/** The network as it was at the end of each cycle of the learning rate. */
export function snapshotsOfOneRun(work: Work, { cycles, learningRate }: MethodOf<'snapshots'>): Promise<Prediction> {
  const cycled = { cycles, steps: work.budget.steps };
  const transform = nesterov(snapshotCosine({ from: learningRate, ...cycled }));
  return membersOfOneRun(work, (model, store) => ({ transform, hooks: [snapshots({ model, store, ends: cycleEnds(cycled) })] }));
}

const membersOfOneRun = (work: Work, keeping: (model: LayersModel, store: CheckpointStore) => Partial<Fit>): Promise<Prediction> =>
  withNetwork(async (model) => {
    const store = memoryStore();
    await work.fit(model, { seed: work.seed, ...keeping(model, store) });
    return meanOfMembers(work, await openMembers(store));
  });

/** The networks of an ensemble at rest. */
export async function openMembers(store: CheckpointStore): Promise<readonly Member[]> {
  return (await openEnsemble(store, { build: () => fashionNetwork(), activation: 'softmax' })).members;
}

/** The mean of what all members say. */
export async function meanOfMembers(work: Work, members: readonly Member[]): Promise<Prediction> {
  return { outputs: combine(await work.predict(members), mean()), networks: members.length };
}
