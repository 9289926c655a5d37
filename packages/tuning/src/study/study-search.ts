import type { FrozenTrial, Parameters, Pruner, Sampler } from '@downhill/core';
import { space as spaceOf } from '../space/space.ts';
import { openStudy } from './open-study.ts';
import { pruned } from './trial.ts';
import { bestTrial } from '../view/trials.ts';

/** Options of {@link studySearch}. */
export interface StudySearchOptions {
  /** @defaultValue that of `openStudy` */
  readonly sampler?: Sampler;
  /** Ends runs early; one that lets pruned trials go on is of no use here, since there are no checkpoints. @defaultValue none */
  readonly pruner?: Pruner;
}

type Settings<Name extends string> = Readonly<Record<Name, number>>;

/** What a search is asked for, in the words of those who ask. */
export interface StudySearchRequest<Name extends string> {
  readonly space: Readonly<Record<Name, Parameters[string]>>;
  /** The loss with some settings, the lower the better; `report` hears of it on the way and answers whether to end. */
  readonly evaluate: (settings: Settings<Name>, report: (step: number, loss: number) => Promise<boolean>) => Promise<number>;
  /** How many settings to try. */
  readonly budget: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** What it found. */
export interface StudySearchResult<Name extends string> {
  readonly best: Settings<Name> | undefined;
  readonly trials: readonly { readonly settings: Settings<Name>; readonly loss: number }[];
}

/**
 * A study as a function, for those who take any search: `sevenSteps(model, data, { search: studySearch() })`.
 *
 * @example
 * const evaluate = async ({ rate }) => (rate - 0.1) ** 2;
 * const { trials } = await studySearch()({ space: { rate: float(0.01, 1, { log: true }) }, evaluate, budget: 5, seed: 0 });
 * trials.length; // 5
 *
 * @throws DownhillError from the search: what `openStudy` throws, and whatever `evaluate` throws.
 */
export function studySearch(
  options: StudySearchOptions = {},
): <Name extends string>(request: StudySearchRequest<Name>) => Promise<StudySearchResult<Name>> {
  return async <Name extends string>({ space, evaluate, budget, seed, signal }: StudySearchRequest<Name>) => {
    const study = await openStudy({ name: 'search', space: spaceOf(space as Parameters), seed, ...options });
    let failure: { readonly cause: unknown } | undefined;
    const stop = new AbortController();
    const view = await study.optimize(
      async (trial) => {
        let asked = false;
        const report = async (step: number, loss: number): Promise<boolean> => (asked = await trial.report(step, loss));
        try {
          const loss = await evaluate(trial.settings as Settings<Name>, report);
          return asked ? pruned : loss;
        } catch (cause) {
          if (trial.signal.aborted) throw cause;
          failure = { cause };
          stop.abort();
          throw cause;
        }
      },
      { trials: budget, signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]) },
    );
    if (failure !== undefined) throw failure.cause;
    const ended = view.trials.filter(({ state }) => state !== 'waiting');
    const trials = ended.map((trial) => ({ settings: trial.settings as Settings<Name>, loss: lossOf(trial) }));
    return { best: bestTrial(view)?.settings as Settings<Name> | undefined, trials };
  };
}

/** A pruned trial has the loss that it came to, one that failed an infinite one. */
const lossOf = ({ state, value, reports }: FrozenTrial): number =>
  value ?? (state === 'pruned' ? (reports.at(-1)?.value ?? Infinity) : Infinity);
