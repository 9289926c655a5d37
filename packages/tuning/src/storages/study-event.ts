import type { Direction, Json, Parameter, Settings, TrialState } from '@downhill/core';

/**
 * One entry of a storage. Studies and trials are numbered over the whole storage, in the order of their `study` and `trial` events; whoever
 * appended one learns its number by reading on. `worker` names who appended it. The entries are those of Optuna's journal.
 */
export type StudyEvent = { readonly worker: string } &
  /** Only Optuna writes `objectives`: how many values each trial of its study has, where that is not one. */
  (
    | { readonly type: 'study'; readonly name: string; readonly direction: Direction; readonly objectives?: number }
    /** Only Optuna deletes: the study is no longer there, its number and those of its trials stay taken. */
    | { readonly type: 'study-deleted'; readonly study: number }
    | { readonly type: 'study-attribute'; readonly study: number; readonly by: AttributeKind; readonly key: string; readonly value: Json }
    /** A new trial. One that runs belongs to `worker`. */
    | {
        readonly type: 'trial';
        readonly study: number;
        readonly state: TrialState;
        readonly at?: number;
        readonly settings?: Settings;
        readonly parameters?: Readonly<Record<string, Parameter>>;
        readonly reports?: readonly { readonly step: number; readonly value: number }[];
        readonly attributes?: Readonly<Record<string, Json>>;
        readonly systemAttributes?: Readonly<Record<string, Json>>;
        readonly value?: number;
        readonly endedAt?: number;
      }
    | {
        readonly type: 'setting';
        readonly trial: number;
        readonly name: string;
        readonly value: Settings[string];
        readonly parameter: Parameter;
      }
    /** Nothing can be said of a trial that has ended; a running trial belongs to whoever said so first. */
    | { readonly type: 'state'; readonly trial: number; readonly state: TrialState; readonly value?: number; readonly at: number }
    | { readonly type: 'report'; readonly trial: number; readonly step: number; readonly value: number }
    | { readonly type: 'trial-attribute'; readonly trial: number; readonly by: AttributeKind; readonly key: string; readonly value: Json }
  );

/** Whether the user noted it, or Downhill or Optuna for themselves. */
export type AttributeKind = 'user' | 'system';
