import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * A network to train: what is needed to add a case is one of these in a file of `cases/`, a line in `cases.ts`, and a file of the same name
 * in `python/models/` with the same network for PyTorch.
 */
export interface TrainCase {
  readonly name: string;
  /** Rows in a batch. */
  readonly batch: number;
  /** The shape of one input, without the batch. */
  readonly input: readonly number[];
  /** The batch; numbers in [−1, 1) where it is left out. The model in Python then has a function `batch` too. */
  inputs?(): Tensor;
  /** Labels are one of so many. */
  readonly classes: number;
  /** The network, giving one logit a class, built as a user of tfjs-layers would. */
  build(): LayersModel;
  /** Whom `downhill wasm` meets. */
  readonly peers: readonly string[];
}
