import { accuracy, greedySoup, withWeights, type Outputs, type Weights } from '@downhill/ensembles';
import { labelSmoothing } from '@downhill/regularization';
import { batches, captureWeights, restoreWeights, type ArrayData } from '@downhill/training';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { augmentedSource, type Augmented } from '../fashion/augmented-source.ts';
import { rule } from '../fashion/rule.ts';
import { classesOf } from './classes-of.ts';
import type { MethodOf } from './methods.ts';
import { only } from './one-network.ts';
import { probabilitiesOf, withNetwork, type Prediction, type Work } from './work.ts';

const NONE: Augmented = { kind: 'none' };

/** The average of those fine-tunings of one start that help on the validation pictures. */
export const soup = (work: Work, method: MethodOf<'greedy soup'>): Promise<Prediction> =>
  withNetwork(async (model) => {
    const { validation, heldOut } = work.data;
    const predicted = (weights: Weights, pictures: ArrayData): Promise<Outputs> =>
      withWeights(model, weights, async () => only(await work.predict([probabilitiesOf(model)], pictures)));
    const members = await fineTuned(work, model, method);
    const { weights, ingredients, scores, score } = await greedySoup(members, {
      evaluate: async (some) => accuracy(await predicted(some, validation), classesOf(validation)),
    });
    const [best = 0] = ingredients;
    const bestAlone = accuracy(await predicted(members[best] as Weights, heldOut), classesOf(heldOut));
    const details = { ingredients: [...ingredients], validationAccuracies: [...scores], validationAccuracy: score, bestAlone };
    return { outputs: await predicted(weights, heldOut), networks: 1, details };
  });

/** One start, and what becomes of it in each fine-tuning. */
async function fineTuned(work: Work, model: LayersModel, { start, fineTunings }: MethodOf<'greedy soup'>): Promise<readonly Weights[]> {
  const { data, seed, budget } = work;
  const { epochs, batchSize, batchesPerEpoch } = budget;
  const first = Math.floor(epochs * start);
  const rest = epochs - first;
  await work.fit(model, { seed, epochs: first });
  const begun = await captureWeights(model);
  const members: Weights[] = [];
  for (const [index, { learningRate, labelSmoothing: smoothing = 0, augmented = NONE }] of fineTunings.entries()) {
    restoreWeights(model, begun, 'the start of the soup');
    const own = seed + 1000 * (index + 1); // another order of the pictures for each
    await work.fit(model, {
      epochs: rest,
      transform: rule(learningRate, rest * batchesPerEpoch),
      loss: labelSmoothing({ smoothing }),
      source: augmentedSource(batches(data.training, { batchSize, shuffle: own }), augmented, own),
    });
    members.push(await captureWeights(model));
  }
  return members;
}
