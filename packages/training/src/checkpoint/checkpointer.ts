import { checkNumber, type CheckpointStore } from '@downhill/core';
import { saveCheckpoint, type Checkpoint } from './checkpoint.ts';

export interface CheckpointOptions {
  readonly store: CheckpointStore;
  /** Seconds between checkpoints. A clock decides when one is written, never what is in it. @defaultValue 30 */
  readonly everySeconds?: number;
  /** Steps between checkpoints, beside those that time asks for. @defaultValue only time decides */
  readonly everySteps?: number;
  /**
   * Epochs between checkpoints at the ends of epochs, beside those that time asks for: `{ everyEpochs: 1, everySeconds: 1e9 }` keeps the last
   * epochs and nothing in between. @defaultValue none
   */
  readonly everyEpochs?: number;
  /**
   * Asked after each step whether one is wanted now, beside those that time asks for, such as at a visitor's click. While another is being
   * written it is not asked, so that `true` always begins one. @defaultValue none is
   */
  readonly wanted?: () => boolean;
  /** How many are kept. @defaultValue 3 */
  readonly keep?: number;
  /** Whether to go on from the store's last checkpoint; where it is empty, the run starts at the beginning. @defaultValue false */
  readonly resume?: boolean;
}

/** Writes checkpoints in the background, one at a time. */
export interface Checkpointer {
  /** Whether it is time for one: after the first step, then as the options say. @throws what went wrong with the last one. */
  due(step: number): boolean;
  /** Whether the end of an epoch, after so many, is to be kept. */
  dueAfterEpoch(epoch: number): boolean;
  /** Begins to write a checkpoint, when no other is being written; its tensors are copied before this returns. */
  begin(checkpoint: Checkpoint): void;
  /** Waits for what was begun. @throws what went wrong with it. */
  flush(): Promise<void>;
}

export function checkpointer(
  { store, everySeconds = 30, everySteps = Number.MAX_SAFE_INTEGER, everyEpochs, wanted = () => false, keep = 3 }: CheckpointOptions,
  onWritten: (name: string, step: number) => void,
): Checkpointer {
  checkNumber('checkpoints', { everySeconds }, { min: 0 });
  checkNumber('checkpoints', { everySteps, keep }, { min: 1, integer: true });
  if (everyEpochs !== undefined) checkNumber('checkpoints', { everyEpochs }, { min: 1, integer: true });
  let last: { readonly step: number; readonly time: number } | undefined;
  let writing: Promise<void> | undefined;
  let failure: { readonly cause: unknown } | undefined;

  const throwFailure = (): void => {
    if (failure === undefined) return;
    const { cause } = failure;
    failure = undefined;
    throw cause;
  };
  return {
    due(step) {
      throwFailure();
      if (writing !== undefined) return false;
      return wanted() || last === undefined || step - last.step >= everySteps || performance.now() - last.time >= everySeconds * 1000;
    },
    dueAfterEpoch: (epoch) => everyEpochs !== undefined && epoch % everyEpochs === 0,
    begin(checkpoint) {
      const { step } = checkpoint.state;
      last = { step, time: performance.now() };
      writing = saveCheckpoint(store, checkpoint, keep)
        .then((name) => onWritten(name, step))
        .catch((cause: unknown) => {
          failure = { cause };
        })
        .finally(() => {
          writing = undefined;
        });
    },
    async flush() {
      await writing;
      throwFailure();
    },
  };
}
