import type { Direction, FrozenTrial, Pruner, StudyView } from '@downhill/tuning';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { Config } from '../../family.ts';

interface PrunerCase {
  readonly config: Config & { readonly direction: Direction; readonly studyName: string };
  readonly input: { readonly curves: readonly (readonly (number | 'NaN')[])[] };
  readonly expected: {
    readonly trials: readonly { readonly state: string; readonly stepsReported: number; readonly prunedAt: number | null }[];
  };
}

/** Runs the trials of a case one after the other, as Optuna's were, and compares how each of them ended. */
export const prunerReplay = (prunerOf: (config: Config) => Pruner): Replay =>
  replayOf<PrunerCase>(({ config, input, expected }, compare) => {
    const pruner = prunerOf(config);
    const trials: FrozenTrial[] = [];
    for (const curve of input.curves) {
      const view = (running: FrozenTrial): StudyView => ({
        name: config.studyName,
        direction: config.direction,
        seed: 0,
        space: { parameters: {}, toJSON: () => ({}) },
        trials: [...trials, running],
      });
      trials.push(run(trials.length, curve.map(Number), (trial) => pruner.shouldPrune(view(trial), trial)));
    }
    const ours = trials.map(({ state, reports }) => ({
      state,
      stepsReported: reports.length,
      prunedAt: state === 'pruned' ? reports.length - 1 : null,
    }));
    for (const [number, { state, stepsReported, prunedAt }] of expected.trials.entries())
      compare.same(`trial ${number}`, ours[number], { state, stepsReported, prunedAt });
  });

function run(number: number, curve: readonly number[], shouldPrune: (trial: FrozenTrial) => boolean): FrozenTrial {
  const trial: FrozenTrial = { number, state: 'running', settings: {}, reports: [], repeat: 0, attributes: {} };
  for (let step = 0; step < curve.length; step += 1) {
    const running = { ...trial, reports: curve.slice(0, step + 1).map((value, step) => ({ step, value })) };
    if (shouldPrune(running)) return { ...running, state: 'pruned' };
  }
  const reports = curve.map((value, step) => ({ step, value }));
  const value = curve.at(-1) ?? Number.NaN;
  return Number.isNaN(value) ? { ...trial, state: 'failed', reports } : { ...trial, state: 'complete', reports, value };
}
