import { batches, softmaxCrossEntropy } from '@downhill/training';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Start } from '../problem.ts';
import { digits } from './digits.ts';

/** How many pictures, a batch of them, and on how many the loss is measured. */
export interface Pictures {
  readonly pictures: number;
  readonly batchSize: number;
  readonly judged: number;
}

export const described = ({ pictures, batchSize, judged }: Pictures): string =>
  `${pictures} pictures, batches of ${batchSize}, the loss on ${judged} of them`;

/** A network that is to learn some of MNIST's pictures; the seed decides its first weights and the order of the pictures. */
export async function mnistStart(model: LayersModel, { pictures, batchSize, judged }: Pictures, seed: number): Promise<Start> {
  const data = await digits(pictures);
  const some = { ...data, rows: Int32Array.from({ length: judged }, (_, row) => row) };
  return {
    model,
    loss: softmaxCrossEntropy,
    batches: batches(data, { batchSize, shuffle: seed }),
    judged: batches(some, { batchSize: judged, shuffle: false }),
    seed,
    dispose: () => void model.dispose(),
  };
}
