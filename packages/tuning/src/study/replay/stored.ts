import type { Direction, Json, Parameter, Report, Settings, TrialState } from '@downhill/core';

/** A trial as the events tell it. Each change makes another object of it. */
export interface StoredTrial {
  /** Its place among the trials of all studies of the storage. */
  readonly id: number;
  /** The id of its study, and its place in it. */
  readonly study: number;
  readonly number: number;
  readonly state: TrialState;
  /** Who runs it, or who ended it. */
  readonly owner: string;
  readonly settings: Settings;
  readonly reports: readonly Report[];
  readonly attributes: Readonly<Record<string, Json>>;
  readonly system: Readonly<Record<string, Json>>;
  readonly value?: number;
  readonly continues?: number;
  readonly repeats?: number;
  readonly repeat: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** A study as the events tell it. It grows in place: only `replay` may change it. */
export interface StoredStudy {
  readonly id: number;
  readonly name: string;
  readonly direction: Direction;
  /** How many values its trials have; only Optuna makes studies where that is not 1. */
  readonly objectives: number;
  /** Whether Optuna has deleted it. Then nothing more is noted of it, and its name is free. */
  isDeleted: boolean;
  readonly attributes: Map<string, Json>;
  readonly system: Map<string, Json>;
  /** The ids of its trials, by number. */
  readonly trials: number[];
  /** The ids of those that have not ended, by number. */
  readonly open: Set<number>;
  /** The parameters that its trials have had, each as it was first. */
  readonly parameters: Map<string, Parameter>;
  /** Which trial goes on from which, by number. */
  readonly continued: Map<number, number>;
  /** How often a trial, by number, has been repeated. */
  readonly repeated: Map<number, number>;
  /** The id of its best trial. */
  best: number | undefined;
  /** The id of the trial that each change was of, in their order. */
  readonly changed: number[];
}

/** All that a storage's events say. */
export interface Replay {
  readonly studies: readonly StoredStudy[];
  readonly trials: readonly StoredTrial[];
}

export const hasEnded = ({ state }: Pick<StoredTrial, 'state'>): boolean => state !== 'waiting' && state !== 'running';
