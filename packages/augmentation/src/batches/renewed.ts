import { dispose, type TensorContainer } from '@tensorflow/tfjs-core';

/** A batch with some of its tensors made anew. The old ones are disposed of; where `make` throws, the whole batch is. */
export function renewed<Batch extends object>(batch: Batch, make: () => Partial<Batch>): Batch {
  try {
    const made = make();
    dispose((Object.keys(made) as (keyof Batch)[]).map((name) => batch[name]) as TensorContainer);
    return { ...batch, ...made };
  } catch (error) {
    dispose(batch as TensorContainer);
    throw error;
  }
}
