import { accuracy, greedySoup, withWeights, type Weights } from '@downhill/ensembles';
import { labelSmoothing } from '@downhill/regularization';
import { batches, captureWeights, restoreWeights } from '@downhill/training';
import { augmentedSource, type Augmented } from '../fashion/augmented-source.ts';
import { rule } from '../fashion/rule.ts';
import { classesOf } from './classes-of.ts';
import type { Method } from './methods.ts';
import { only } from './one-network.ts';
import { probabilitiesOf, withNetwork, type Prediction, type Work } from './work.ts';

const NONE: Augmented = { kind: 'none' };

/** One start, several fine-tunings of it, and the average of those that help on the validation pictures. */
export const soup = (work: Work, { start, fineTunings }: Extract<Method, { readonly kind: 'greedy soup' }>): Promise<Prediction> =>
  withNetwork(async (model) => {
    const { data, seed, budget } = work;
    const { epochs, batchSize, batchesPerEpoch } = budget;
    const first = Math.floor(epochs * start);
    const rest = epochs - first;
    await work.fit(model, { epochs: first });
    const begun = await captureWeights(model);
    const members: Weights[] = [];
    for (const [index, { learningRate, labelSmoothing: smoothing = 0, augmented = NONE }] of fineTunings.entries()) {
      restoreWeights(model, begun, 'the start of the soup');
      const order = seed + 1000 * (index + 1); // its own, as a seed of a member is
      await work.fit(model, {
        epochs: rest,
        transform: rule(learningRate, rest * batchesPerEpoch),
        loss: labelSmoothing({ smoothing }),
        source: augmentedSource(batches(data.training, { batchSize, shuffle: order }), augmented, order),
      });
      members.push(await captureWeights(model));
    }
    const predicted = (weights: Weights, pictures = data.heldOut) =>
      withWeights(model, weights, async () => only(await work.predict([probabilitiesOf(model)], pictures)));
    const { weights, ingredients, scores, score } = await greedySoup(members, {
      evaluate: async (some) => accuracy(await predicted(some, data.validation), classesOf(data.validation)),
    });
    return { outputs: await predicted(weights), networks: 1, details: { ingredients, validationAccuracies: scores, ofTheSoup: score } };
  });
