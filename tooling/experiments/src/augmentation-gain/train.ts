import { batches, softmaxCrossEntropy } from '@downhill/training';
import type { Outcome, Trial, Watch } from '../experiment.ts';
import { augmentedSource, type Augmented } from '../fashion/augmented-source.ts';
import { fashionNetwork } from '../fashion/network.ts';
import { rule } from '../fashion/rule.ts';
import { settingsOf } from '../fashion/settings.ts';
import { fashionSubset } from '../fashion/subset.ts';
import { trainNetwork, useWasm } from '../fashion/train-network.ts';

/** Trains the network with one kind of augmentation. */
export async function trainAugmented({ arm, seed, plan }: Trial, watch: Watch): Promise<Outcome | undefined> {
  const { settings, chosen } = settingsOf<Augmented>(plan, arm);
  const { size, epochs, batchSize, learningRate } = settings;
  await useWasm();
  const { training, heldOut } = await fashionSubset(size);
  return trainNetwork(
    {
      model: fashionNetwork(),
      loss: softmaxCrossEntropy,
      transform: rule(learningRate, plan.steps),
      source: augmentedSource(batches(training, { batchSize, shuffle: seed }), chosen, seed),
      epochs,
      seed,
      heldOut,
    },
    watch,
  );
}
