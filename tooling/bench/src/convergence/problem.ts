import type { BatchSource, Loss, TrainableModel } from '@downhill/training';

/** Something to learn until its loss is low enough. */
export interface Problem {
  readonly name: string;
  readonly title: string;
  /** What is learned from, in a few words. */
  readonly summary: string;
  /** The loss to reach. */
  readonly target: number;
  /** Steps after which a run has failed. */
  readonly mostSteps: number;
  /** The loss is looked at after so many steps at the earliest. */
  readonly every: number;
  /** Whether each step sees everything, as second-order rules ask for. */
  readonly whole: boolean;
  /** The seeds that a learning rate is tuned on, none of which is reported: the more, the less a lucky one decides. */
  readonly tunedOn: readonly number[];
  /** How long a rule takes, against the others. */
  readonly effort: number;
  /** Makes a start: the seed decides all that is drawn. */
  start(seed: number): Promise<Start>;
}

/** What one run learns from; whoever takes it disposes of it. */
export interface Start {
  readonly model: TrainableModel;
  readonly loss: Loss;
  readonly batches: BatchSource;
  /** What the loss is measured on. */
  readonly judged: BatchSource;
  /** What the weights are drawn from; left out where the model has them. */
  readonly seed?: number;
  dispose(): void;
}
