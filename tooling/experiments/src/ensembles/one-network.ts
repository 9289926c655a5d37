import { compose, flip } from '@downhill/augmentation';
import { accuracy, calibrate, combine, fitTemperature, mean, viewsOf, type Outputs } from '@downhill/ensembles';
import { batches } from '@downhill/training';
import { augmentedSource, type Augmented } from '../fashion/augmented-source.ts';
import { classesOf } from './classes-of.ts';
import type { MethodOf } from './methods.ts';
import { probabilitiesOf, withNetwork, type Prediction, type Work } from './work.ts';

/** One network as it is. */
export const single = (work: Work): Promise<Prediction> =>
  withNetwork(async (model) => {
    await work.fit(model, { seed: work.seed });
    return { outputs: only(await work.predict([probabilitiesOf(model)])), networks: 1 };
  });

/** One network whose temperature is chosen by the validation pictures. */
export const temperatureScaled = (work: Work): Promise<Prediction> =>
  withNetwork(async (model) => {
    await work.fit(model, { seed: work.seed });
    const { validation } = work.data;
    const calibrator = fitTemperature(only(await work.predict([probabilitiesOf(model)], validation)), classesOf(validation));
    const outputs = calibrate(only(await work.predict([probabilitiesOf(model)])), calibrator);
    return { outputs, networks: 1, details: { calibrator: { ...calibrator.toJSON() } } };
  });

/** One network that looks at each picture as it is and turned over. */
export const flipped = (work: Work, { inTraining }: MethodOf<'flips'>): Promise<Prediction> =>
  withNetwork(async (model) => {
    const { seed, data, budget } = work;
    const plain = batches(data.training, { batchSize: budget.batchSize, shuffle: seed });
    const flips: Augmented = { kind: 'flip + crop', padding: 0 };
    await work.fit(model, { seed, ...(inTraining ? { source: augmentedSource(plain, flips, seed) } : {}) });
    const turned = compose([flip({ probability: 1 })]);
    const outputs = await work.predict(viewsOf(probabilitiesOf(model), [(xs) => xs, (xs) => turned.apply(xs)]));
    const labels = classesOf(data.heldOut);
    return {
      outputs: combine(outputs, mean()),
      networks: 1,
      details: { accuracyOfEachView: outputs.map((each) => accuracy(each, labels)) },
    };
  });

/** The outputs of the one member that there is. */
export function only(outputs: readonly Outputs[]): Outputs {
  const [first] = outputs;
  if (first === undefined) throw new RangeError('no member predicted anything');
  return first;
}
