import type { Json } from '@downhill/core';
import { modelMember, predictMembers, type Member, type Outputs } from '@downhill/ensembles';
import { batches, softmaxCrossEntropy, type ArrayData } from '@downhill/training';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Trial, Watch } from '../experiment.ts';
import { fashionNetwork } from '../fashion/network.ts';
import { rule } from '../fashion/rule.ts';
import { settingsOf } from '../fashion/settings.ts';
import { fashionSubset, type FashionSubset } from '../fashion/subset.ts';
import { fit, judged, type Fit } from '../fashion/train-network.ts';
import type { Method } from './methods.ts';

/** One training's budget. */
export interface Budget {
  readonly epochs: number;
  readonly batchesPerEpoch: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly learningRate: number;
}

/** What every method works with. */
export interface Work {
  readonly seed: number;
  readonly data: FashionSubset;
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /**
   * Trains a network as the single one is trained, but for the changes; without a seed it goes on from the weights that it has.
   *
   * @throws the signal's reason where it ended the training.
   */
  fit(model: LayersModel, changes: Partial<Fit>): Promise<void>;
  /** What each member makes of the held-out pictures, or of others: probabilities. */
  predict(members: readonly Member[], data?: ArrayData): Promise<readonly Outputs[]>;
}

/** What a method came to. */
export interface Prediction {
  /** Probabilities for the held-out pictures. */
  readonly outputs: Outputs;
  /** How many networks have to be kept for it. */
  readonly networks: number;
  readonly details?: Readonly<Record<string, Json>>;
}

export async function workOf({ arm, seed, plan }: Trial, { signal, onStep }: Watch): Promise<Work> {
  const { epochs, batchSize, learningRate, size } = settingsOf<Method>(plan, arm).settings;
  const data = await fashionSubset(size);
  const budget = { epochs, batchSize, learningRate, steps: plan.steps, batchesPerEpoch: Math.ceil(size.training / batchSize) };
  let before = 0;
  return {
    seed,
    data,
    budget,
    signal,
    async fit(model, changes) {
      const { epochs: own = epochs } = changes;
      const given = changes.optimizer === undefined ? { transform: rule(learningRate, own * budget.batchesPerEpoch) } : {};
      const source = batches(data.training, { batchSize, shuffle: seed });
      const training = { model, loss: softmaxCrossEntropy, source, ...given, ...changes, epochs: own };
      await fit(training, { signal, onStep: (step, standing) => onStep(before + step, standing) });
      signal.throwIfAborted();
      before += own * budget.batchesPerEpoch;
    },
    predict: (members, pictures = data.heldOut) => predictMembers(members, judged(pictures), { signal }),
  };
}

/** Makes a network for a while. */
export async function withNetwork<Result>(use: (model: LayersModel) => Promise<Result>): Promise<Result> {
  const model = fashionNetwork();
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}

/** A network, which gives logits, as one that gives probabilities. */
export const probabilitiesOf = (model: LayersModel): Member => modelMember(model, { activation: 'softmax' });
