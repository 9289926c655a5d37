import type { Parameters } from '../space/parameter.ts';
import type { Settings, SettingsOf } from '../space/settings.ts';
import type { Space } from '../space/space.ts';
import type { FrozenTrial } from './frozen-trial.ts';
import type { Direction, StudyView } from './study-view.ts';
import type { Objective, Pruned, Trial } from './trial.ts';

/** What happens while a study is optimized. `done` counts trials that ended in this call, `of` those that it was asked for, if it was. */
export type StudyProgress<Sampled extends Settings = Settings> = {
  readonly trial: FrozenTrial<Sampled>;
  readonly best?: FrozenTrial<Sampled>;
  readonly done: number;
  readonly of?: number;
} & ({ readonly type: 'begin' } | { readonly type: 'report'; readonly step: number; readonly value: number } | { readonly type: 'end' });

export interface OptimizeOptions<Sampled extends Settings = Settings> {
  /** How many trials to run; those that go on from a pruned one do not count. @defaultValue no limit, or the end of the grid */
  readonly trials?: number;
  /** Seconds after which no trial is begun (Optuna's unit). @defaultValue no limit */
  readonly timeout?: number;
  /** Trials at a time. @defaultValue 1 */
  readonly parallel?: number;
  /** Ends it: running trials are told, and wait for the study to go on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: StudyProgress<Sampled>) => void;
}

/** A search: what has been tried, and what to try next. */
export interface Study<Given extends Parameters = Parameters> {
  readonly name: string;
  readonly space: Space<Given>;
  readonly direction: Direction;
  readonly seed: number;
  /** The study as it stands now, with what other processes appended. */
  view(): Promise<StudyView<Given>>;
  /** The next trial, to be run by the caller and then told; undefined where the sampler has nothing left. */
  ask(options?: { readonly signal?: AbortSignal }): Promise<Trial<SettingsOf<Given> & Settings> | undefined>;
  /** What a trial came to; a number that is not finite is a failure. */
  tell(trial: { readonly number: number }, outcome: number | Pruned | { readonly error: unknown }): Promise<FrozenTrial>;
  /** Settings to try before the sampler is asked; it chooses those left open. */
  enqueue(settings: Partial<SettingsOf<Given>>): Promise<void>;
  optimize(
    objective: Objective<SettingsOf<Given> & Settings>,
    options?: OptimizeOptions<SettingsOf<Given> & Settings>,
  ): Promise<StudyView<Given>>;
}
