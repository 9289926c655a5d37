import { chain } from '@downhill/core';
import { earlyStopping, l2 as l2Penalty, labelSmoothing as smoothed, rampUp } from '@downhill/regularization';
import { batches } from '@downhill/training';
import type { Outcome, Trial, Watch } from '../experiment.ts';
import { fashionNetwork } from '../fashion/network.ts';
import { rule } from '../fashion/rule.ts';
import { settingsOf } from '../fashion/settings.ts';
import { fashionSubset } from '../fashion/subset.ts';
import { trainNetwork, useWasm } from '../fashion/train-network.ts';
import type { Regularization } from './regularizations.ts';

/** Trains the network with one kind of regularization. */
export async function trainRegularized({ arm, seed, plan }: Trial, watch: Watch): Promise<Outcome | undefined> {
  const { settings, chosen } = settingsOf<Regularization>(plan, arm);
  const { size, epochs, batchSize, learningRate } = settings;
  const { dropout = 0, dropBlock, lastSurvival = 1, l2 = 0, labelSmoothing = 0, patience } = chosen;
  await useWasm();
  const { training, validation, heldOut } = await fashionSubset(size);
  const model = fashionNetwork({
    dropout,
    lastSurvival,
    ...(dropBlock === undefined
      ? {}
      : { dropBlock: { ...dropBlock, rate: rampUp({ to: dropBlock.rate, steps: Math.ceil(plan.steps / 2) }) } }),
  });
  return trainNetwork(
    {
      model,
      loss: smoothed({ smoothing: labelSmoothing }),
      transform: chain(l2Penalty(l2), rule(learningRate, plan.steps)),
      source: batches(training, { batchSize, shuffle: seed }),
      epochs,
      seed,
      heldOut,
      ...(patience === undefined
        ? {}
        : { validation, hooks: [earlyStopping({ model, monitor: 'val_loss', patience, restoreBestWeights: true })] }),
    },
    watch,
  );
}
