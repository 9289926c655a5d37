import { modelMember, openEnsemble, predictEnsemble, withAveragedWeights, type Member, type Outputs } from '@downhill/ensembles';
import { batches, type ArrayData, type CheckpointStore } from '@downhill/training';
import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RecipeConfig } from './config.ts';
import { labelsIn, scoresOf, type Scores } from './judge.ts';

/** A way to predict with what one run has learned. */
export interface Candidate {
  readonly name: string;
  /** On the images that were held out: what it is chosen by. */
  readonly validation: Scores;
  readonly test: Scores;
  /** Probabilities for the test images. */
  readonly outputs: Outputs;
}

/** What a run has learned. */
export interface Learned {
  readonly config: RecipeConfig;
  readonly model: LayersModel;
  /** It has the average of the weights. */
  readonly optimizer: Optimizer;
  /** The store has the last epochs as an ensemble. */
  readonly members: CheckpointStore;
  /** A model of the same structure, whose weights are those of an epoch then. */
  buildModel(): LayersModel;
}

type Predict = (data: ArrayData) => Promise<Outputs>;

/** The model as it ended, with the average of its weights, and its last epochs as an ensemble, as far as the config has them. */
export async function candidatesOf(
  learned: Learned,
  { validation, test }: { readonly validation: ArrayData; readonly test: ArrayData },
  signal?: AbortSignal,
): Promise<readonly Candidate[]> {
  const { config, model, optimizer, members, buildModel } = learned;
  const predictWith = async (list: readonly Member[], data: ArrayData): Promise<Outputs> => {
    const source = batches(data, { batchSize: 100, shuffle: false });
    return predictEnsemble(list, source, signal === undefined ? {} : { signal });
  };
  const single: Predict = (data) => predictWith([modelMember(model, { activation: 'softmax' })], data);
  const ways: [string, Predict][] = [['single', single]];
  if (config.emaDecay > 0) ways.push(['average of the weights', (data) => withAveragedWeights(model, () => single(data), { optimizer })]);
  if (config.lastEpochs > 0) {
    const ensemble = await openEnsemble(members, { build: buildModel, activation: 'softmax' });
    ways.push([`last ${ensemble.members.length} epochs`, (data) => predictWith(ensemble.members, data)]);
  }
  const candidates: Candidate[] = [];
  for (const [name, predict] of ways) {
    const outputs = await predict(test);
    const validated = scoresOf(await predict(validation), labelsIn(validation));
    candidates.push({ name, validation: validated, test: scoresOf(outputs, labelsIn(test)), outputs });
  }
  return candidates;
}

/** The one whose probabilities fit the held-out images best: their likelihood tells more of few images than their accuracy. */
export const best = ([first, ...others]: readonly Candidate[]): Candidate | undefined =>
  others.reduce((a, b) => (a !== undefined && b.validation.negativeLogLikelihood < a.validation.negativeLogLikelihood ? b : a), first);
