import type { EpochReport, RunPosition, StepReport } from '@downhill/core';

/** What happens in a run, as plain data: it can be logged, and posted from a worker. */
export type TrainEvent =
  | (RunPosition & {
      readonly type: 'start';
      /** The checkpoint that the run goes on from. */
      readonly resumedFrom?: string;
    })
  | (StepReport & { readonly type: 'step' })
  | (EpochReport & { readonly type: 'epoch' })
  | { readonly type: 'checkpoint'; readonly name: string; readonly step: number }
  /** A damaged checkpoint was passed over for the one before it. */
  | { readonly type: 'refused'; readonly name: string; readonly message: string }
  | (RunPosition & { readonly type: 'end'; readonly stopped: Stopped });

/** Why a run ended: all epochs done, a hook ended or paused it, or the signal did. */
export type Stopped = 'finished' | 'hook' | 'paused' | 'signal';
