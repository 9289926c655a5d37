import type { Direction, FrozenTrial, Parameters, Settings, SettingsOf, Space, StudyView } from '@downhill/core';
import type { Objective, Outcome, Trial } from './trial.ts';

/**
 * What happens while a study is optimized. `done` counts trials that ended in this call, or in the study where a `total` was asked for, those that
 * go on from a pruned one apart, and `of` those that were asked for, if any were. A trial that was interrupted ends too: it waits then.
 */
export type StudyProgress<Sampled extends Settings = Settings> = {
  readonly trial: FrozenTrial<Sampled>;
  readonly best?: FrozenTrial<Sampled>;
  readonly done: number;
  readonly of?: number;
} & ({ readonly type: 'begin' } | { readonly type: 'report'; readonly step: number; readonly value: number } | { readonly type: 'end' });

export interface OptimizeOptions<Sampled extends Settings = Settings> {
  /** How many trials this call runs; those that go on from a pruned one do not count. @defaultValue no limit, or the end of the grid */
  readonly trials?: number;
  /** How many trials the study should come to, those of earlier calls included, as in Keras Tuner's `max_trials`. @defaultValue no limit */
  readonly total?: number;
  /** Seconds after which no trial is begun (Optuna's unit). @defaultValue no limit */
  readonly timeout?: number;
  /** Trials at a time. @defaultValue 1 */
  readonly parallel?: number;
  /** Ends it: running trials are told, and wait for the study to go on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: StudyProgress<Sampled>) => void;
}

export interface AskOptions {
  /** The number of a trial whose settings are to be measured once more, with another seed. @defaultValue none */
  readonly repeats?: number;
  /** The signal of the trial. @defaultValue one that never aborts */
  readonly signal?: AbortSignal;
}

/** A search: what has been tried, and what to try next. */
export interface Study<Given extends Parameters = Parameters> {
  readonly name: string;
  readonly space: Space<Given>;
  readonly direction: Direction;
  readonly seed: number;
  /** The study as it stands now, with what other processes appended. */
  view(): Promise<StudyView<Given>>;
  /**
   * The next trial, to be run by the caller and then told: one that was interrupted, one that the pruner lets go on, one that was enqueued, or a new
   * one. Undefined where the sampler has nothing left.
   *
   * @throws DownhillError `invalid-argument` where `repeats` names no trial that can be repeated.
   */
  ask(options?: AskOptions): Promise<Trial<SettingsOf<Given> & Settings> | undefined>;
  /**
   * What a trial came to; a number that is not finite is a failure.
   *
   * @throws DownhillError `invalid-argument` where there is no such trial, or it has ended already.
   */
  tell(trial: { readonly number: number }, outcome: Outcome): Promise<FrozenTrial<SettingsOf<Given> & Settings>>;
  /**
   * Settings to try before the sampler is asked; it chooses those left open.
   *
   * @throws DownhillError `invalid-argument` where they are not of the space.
   */
  enqueue(settings: Partial<SettingsOf<Given>>): Promise<void>;
  /**
   * Runs an objective on one trial after the other. What it throws fails its trial, with the error in it, and the study goes on.
   *
   * @returns The study as it stands then.
   * @throws DownhillError where the storage, the sampler, the pruner or `onEvent` fails; trials that were running wait for the study to go on.
   */
  optimize(
    objective: Objective<SettingsOf<Given> & Settings>,
    options?: OptimizeOptions<SettingsOf<Given> & Settings>,
  ): Promise<StudyView<Given>>;
}
