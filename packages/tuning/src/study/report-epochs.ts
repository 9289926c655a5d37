import { DownhillError, type TrainingHook } from '@downhill/core';
import { pruned, type Pruned, type Trial } from './trial.ts';

/** A hook of a training run that is a trial. */
export interface ReportEpochs extends TrainingHook {
  /**
   * What the objective should return after the run.
   *
   * @throws DownhillError `aborted` where the study was asked to stop before the run's end.
   */
  outcome(): number | Pruned;
}

/**
 * A training run as a trial: reports a number of each epoch (epochs count from 1), and pauses the run where the trial should end. With the trial's
 * checkpoints a run that was paused, stopped or killed goes on where it was, with the same bits.
 *
 *     const objective = async (trial) => {
 *       const epochs = reportEpochs(trial);
 *       await train({ ..., hooks: [epochs], checkpoints: { store: trial.checkpoints, resume: true }, signal: trial.signal });
 *       return epochs.outcome();
 *     };
 *
 * @param options.monitor The number: `loss`, a metric, or one of the validation with the prefix `val_`. @defaultValue 'val_loss' (Keras)
 *
 * @example
 * const epochs = reportEpochs({ report: async () => false, signal: new AbortController().signal });
 * await epochs.onEpoch({ step: 8, steps: 8, epoch: 1, epochs: 1, metrics: { val_loss: 0.25 } });
 * epochs.outcome(); // 0.25
 *
 * @throws DownhillError from the run: `unknown-name` where it measures no such number.
 */
export function reportEpochs(
  trial: Pick<Trial, 'report' | 'signal'>,
  { monitor = 'val_loss' }: { readonly monitor?: string } = {},
): ReportEpochs & Required<Pick<TrainingHook, 'onEpoch'>> {
  let last = Number.NaN;
  let [paused, ended] = [false, false];
  return {
    kind: 'hook',
    name: 'reportEpochs',
    onStart({ metrics, epoch, epochs }) {
      ended = epoch === epochs;
      if (metrics.includes(monitor)) return;
      throw new DownhillError({
        code: 'unknown-name',
        source: 'reportEpochs',
        problem: `\`monitor\` must be one of ${metrics.join(', ')}, got '${monitor}'`,
        advice: 'Numbers of the validation need a `validation`.',
      });
    },
    async onEpoch({ epoch, epochs, metrics }) {
      last = metrics[monitor] ?? Number.NaN;
      ended = epoch === epochs;
      paused = await trial.report(epoch, last);
      return paused ? 'pause' : undefined;
    },
    saveState: () => ({ last: Number.isFinite(last) ? last : null }),
    loadState: (state) => void (last = (state as { last: number | null }).last ?? Number.NaN),
    outcome() {
      if (paused) return pruned;
      if (trial.signal.aborted && !ended)
        throw new DownhillError({ code: 'aborted', source: 'reportEpochs', problem: 'the study was asked to stop before the run ended' });
      return last;
    },
  };
}
