import { averagedWeights, modelMember, openEnsemble, predictEnsemble, type Member } from '@downhill/ensembles';
import { captureWeights, restoreWeights, type ArrayData, type CheckpointStore } from '@downhill/training';
import { tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Learned } from '../../recipe/candidates.ts';
import { SIDE } from '../../recipe/mnist.ts';
import type { DigitAnswer } from './train-protocol.ts';

/** The models of a finished run, to be asked about single pictures. */
export interface Answerer {
  /** @param picture 28 x 28 of 0 (black) to 255 */
  answer(picture: Uint8Array): Promise<readonly DigitAnswer[]>;
  /** A test image, and the digit that it shows. @param index Counted round. */
  testDigit(index: number): { readonly picture: Uint8Array; readonly digit: number };
  dispose(): void;
}

type Weights = Awaited<ReturnType<typeof captureWeights>>;

/** Keeps what a run has learned: its last weights, their average, and its last epochs as an ensemble, as far as the config has them. */
export async function answererOf({ config, model, optimizer, members, buildModel }: Learned, test: ArrayData): Promise<Answerer> {
  const modelWith = (weights: Weights): LayersModel => {
    const copy = buildModel();
    restoreWeights(copy, weights, 'the run');
    return copy;
  };
  const single = modelWith(await captureWeights(model));
  const averaged = config.emaDecay > 0 ? modelWith(await averagedWeights(model, { optimizer })) : undefined;
  const ensemble = config.lastEpochs > 0 ? await ensembleIn(members, buildModel) : undefined;
  const ways: [string, readonly Member[]][] = [
    ['single', [modelMember(single, { activation: 'softmax' })]],
    ...(averaged === undefined
      ? []
      : [['average of the weights', [modelMember(averaged, { activation: 'softmax' })]] as [string, Member[]]]),
    ...(ensemble === undefined ? [] : [[`last ${ensemble.length} epochs`, ensemble] as [string, readonly Member[]]]),
  ];
  return {
    async answer(picture) {
      const image = tensor(
        Float32Array.from(picture, (value) => value / 255),
        [1, SIDE, SIDE, 1],
      );
      try {
        const answers: DigitAnswer[] = [];
        for (const [name, list] of ways) answers.push({ name, probabilities: [...(await predictEnsemble(list, image)).values] });
        return answers;
      } finally {
        image.dispose();
      }
    },
    testDigit(index) {
      const { values } = test.ys;
      const at = ((index % values.length) + values.length) % values.length;
      return { picture: Uint8Array.from(test.xs.values.subarray(at * SIDE * SIDE, (at + 1) * SIDE * SIDE)), digit: values[at] ?? 0 };
    },
    dispose() {
      single.dispose();
      averaged?.dispose();
    },
  };
}

async function ensembleIn(store: CheckpointStore, build: () => LayersModel): Promise<readonly Member[]> {
  const { members } = await openEnsemble(store, { build, activation: 'softmax' });
  return members;
}
