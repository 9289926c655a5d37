import { chain, type Schedule, type Transform } from '@downhill/core';
import { emaWeights, swaWeights, withAveragedWeights } from '@downhill/ensembles';
import { swaLearningRate } from '@downhill/schedulers';
import { optimizer } from '@downhill/tfjs';
import { nesterov, warmCosine } from '../fashion/rule.ts';
import type { MethodOf } from './methods.ts';
import { only } from './one-network.ts';
import { probabilitiesOf, withNetwork, type Prediction, type Work } from './work.ts';

/** A moving average of the weights. */
export function ema(work: Work, { decay }: MethodOf<'EMA'>): Promise<Prediction> {
  const { learningRate, steps } = work.budget;
  return averaged(work, warmCosine(learningRate, steps), emaWeights({ decay }));
}

/** The average of the weights at the end of each of the last epochs, which a constant learning rate keeps apart. */
export function swa(work: Work, { from, learningRate }: MethodOf<'SWA'>): Promise<Prediction> {
  const { steps, epochs, batchesPerEpoch } = work.budget;
  const epoch = Math.floor(epochs * from);
  const before = warmCosine(work.budget.learningRate, steps);
  const rate = swaLearningRate(before, { to: learningRate, start: epoch * batchesPerEpoch, steps: batchesPerEpoch });
  return averaged(work, rate, swaWeights({ start: { epoch, batchesPerEpoch } }));
}

const averaged = (work: Work, rate: Schedule, averaging: Transform): Promise<Prediction> =>
  withNetwork(async (model) => {
    const ours = optimizer(chain(nesterov(rate), averaging));
    try {
      await work.fit(model, { seed: work.seed, optimizer: ours });
      const outputs = await withAveragedWeights(model, () => work.predict([probabilitiesOf(model)]), { optimizer: ours });
      return { outputs: only(outputs), networks: 1 };
    } finally {
      ours.dispose();
    }
  });
