import { stoppingRule } from '@downhill/regularization';
import { replayOf, type Replay } from '../../cases/case-family.ts';

interface StoppingCase {
  readonly config: {
    readonly patience: number;
    readonly minDelta: number;
    readonly mode: 'min' | 'max' | 'auto';
    readonly baseline: number | null;
    readonly startFromEpoch: number;
    readonly monitor?: string;
  };
  /** NaN and infinities are words. */
  readonly input: { readonly values: readonly (number | string)[] };
  readonly expected: {
    readonly stoppedEpoch: number | null;
    readonly epochsRun: number;
    readonly bestEpoch: number | null;
    readonly best: number | string | null;
  };
}

export const earlyStoppingFile: Replay = replayOf<StoppingCase>(
  ({ config: { baseline, ...config }, input: { values }, expected }, compare) => {
    const rule = stoppingRule({ ...config, ...(baseline === null ? {} : { baseline }) });
    let state = rule.start;
    let epoch = 0;
    while (epoch < values.length && state.stoppedEpoch === null) {
      state = rule.next(state, { epoch, value: Number(values[epoch]) });
      epoch += 1;
    }
    const { stoppedEpoch, bestEpoch, best } = state;
    compare.same('stoppedEpoch', stoppedEpoch, expected.stoppedEpoch);
    compare.same('epochsRun', epoch, expected.epochsRun);
    compare.same('bestEpoch', bestEpoch, expected.bestEpoch);
    compare.same('best', best === null || Number.isFinite(best) ? best : String(best), expected.best);
  },
);
