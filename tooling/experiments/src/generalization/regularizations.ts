/** What keeps a network from learning its training pictures by heart: each part of it is left out where it is not named. */
export interface Regularization {
  /** Factor of the penalty, Keras's: factor Σw². */
  readonly l2?: number;
  /** Of the dense layer. */
  readonly dropout?: number;
  /** The last rate, reached after half of the steps, and the side of the blocks. */
  readonly dropBlock?: { readonly rate: number; readonly blockSize: number };
  /** The chance of the last residual block being kept. */
  readonly lastSurvival?: number;
  readonly labelSmoothing?: number;
  /** Epochs without a lower loss on the validation pictures. */
  readonly patience?: number;
}

const all = {
  l2: 2e-3,
  dropout: 0.5,
  dropBlock: { rate: 0.1, blockSize: 3 },
  lastSurvival: 0.9,
  labelSmoothing: 0.1,
  patience: 10,
} satisfies Regularization;

/** What is compared, by name. */
export const regularizations: Readonly<Record<string, Regularization>> = {
  none: {},
  L2: { l2: all.l2 },
  dropout: { dropout: all.dropout },
  DropBlock: { dropBlock: all.dropBlock },
  'stochastic depth': { lastSurvival: all.lastSurvival },
  'label smoothing': { labelSmoothing: all.labelSmoothing },
  'early stopping': { patience: all.patience },
  'all together': all,
};
