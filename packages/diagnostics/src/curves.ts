/** A number of a curve; NaN, infinite or null where the run had no finite one. */
export type CurveValue = number | null;

/** The curves of a run, one value an epoch, as the doctor reads them. All but the training loss may be missing. */
export interface Curves {
  /** Mean over the batches of an epoch, while the weights move. */
  readonly trainLoss: readonly CurveValue[];
  /** After the epoch, on data that is not trained on. */
  readonly validationLoss?: readonly CurveValue[];
  /** Shares in [0, 1]. */
  readonly trainAccuracy?: readonly CurveValue[];
  readonly validationAccuracy?: readonly CurveValue[];
  readonly learningRate?: readonly CurveValue[];
  /** The training loss before the first step. */
  readonly initialLoss?: CurveValue;
  /** Number of classes, for the loss at chance level. */
  readonly classes?: number;
  readonly lossFunction?: 'crossEntropy' | 'meanSquaredError';
}
