import type { Json } from './plugin.ts';

/** Where a run stands when a hook is called. */
export interface RunPosition {
  /** Optimizer steps finished. */
  readonly step: number;
  /** Optimizer steps that the run will have. */
  readonly steps: number;
  /** Epochs finished. */
  readonly epoch: number;
  readonly epochs: number;
}

/** Where a run begins, and what it will report. */
export interface RunStart extends RunPosition {
  /** The names of all numbers of an epoch: `loss`, the metrics and, where there is a validation, theirs with the prefix `val_`. */
  readonly metrics: readonly string[];
}

/** What a step computed. */
export interface StepReport extends RunPosition {
  /** The mean loss of the batch, penalties included. */
  readonly loss: number;
  /** The scalars that the transform used, such as `learningRate`. */
  readonly scalars: Readonly<Record<string, number>>;
  /** The metrics of the batch, such as `accuracy`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Examples in the batch. */
  readonly examples: number;
}

/** What an epoch amounted to; the validation's numbers carry the prefix `val_`, as in Keras. */
export interface EpochReport extends RunPosition {
  readonly metrics: Readonly<Record<string, number>>;
}

/** A tensor at rest, as a checkpoint holds it: its values in rows, the last axis innermost. */
export interface KeptTensor {
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/**
 * What an adapter shows to hooks, beside plain data. Tensors in it belong to the loop and are valid only during the call; a hook that
 * does not look pays nothing.
 */
export interface HookView {
  /** What a run is made of: model, loss, optimizer. */
  readonly run: unknown;
  /** What a step learns from. */
  readonly batch: unknown;
  /** Named tensors, which a hook may change. */
  readonly gradients: unknown;
  /** All that a step computed: batch, predictions, gradients. */
  readonly step: unknown;
  /** A batch of the validation with its predictions. */
  readonly validation: unknown;
}

/**
 * Something that watches or steers a training run. Every method is optional and may be asynchronous; hooks run in the
 * order given.
 */
export interface TrainingHook<View extends HookView = HookView> {
  readonly kind: 'hook';
  readonly name: string;
  /** Before the first step; a resumed run starts where it stopped, its hooks' state already loaded. */
  onStart?(start: RunStart, run: View['run']): void | Promise<void>;
  /** Before the gradients of a batch are taken. */
  onBatch?(batch: View['batch'], position: RunPosition): void | Promise<void>;
  /**
   * Whether it reads the optimizer's statistics after the step at hand, asked after `onBatch`. Where no hook does, the step is spared
   * their cost. @defaultValue yes, for a hook with `onStep`
   */
  readsStatistics?(position: RunPosition): boolean;
  /** The batch's loss is NaN or infinite: before the run ends with an error, or goes on. */
  onNonFinite?(step: View['step'], position: RunPosition): void | Promise<void>;
  /** Between the gradients and the update. */
  onGradients?(gradients: View['gradients'], position: RunPosition): void | Promise<void>;
  /** After the update. May end the run cleanly: see {@link HookAnswer}. */
  onStep?(report: StepReport, step: View['step']): HookAnswer | Promise<HookAnswer>;
  /** Each batch of the validation, before `onEpoch`. */
  onValidation?(batch: View['validation'], position: RunPosition): void | Promise<void>;
  /** After the epoch and its validation. May end the run cleanly. */
  onEpoch?(report: EpochReport): HookAnswer | Promise<HookAnswer>;
  /** At the end, also of a run that was stopped or failed. */
  onEnd?(position: RunPosition): void | Promise<void>;
  /** What a checkpoint must keep so that a resumed run goes on with the same bits. */
  saveState?(): Json;
  loadState?(state: Json): void;
  /** What of that are tensors, such as the best weights so far; asked for together with `saveState`. */
  saveTensors?(): ReadonlyMap<string, KeptTensor>;
  loadTensors?(tensors: ReadonlyMap<string, KeptTensor>): void;
}

/**
 * Whether the run goes on. `'stop'` ends it for good: its last checkpoint says so, and a resumed run is at its end. `'pause'` ends it for now: a
 * resumed run goes on, with the bits of one that was never paused. Where hooks disagree, `'stop'` wins.
 */
export type HookAnswer = void | 'stop' | 'pause';
