import type { Json } from '../plugin.ts';
import type { Settings } from './settings.ts';

/** Where a trial is: waiting to be run, running, or ended in one of three ways. */
export type TrialState = 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';

/** A value that the objective reported on the way. */
export interface Report {
  /** A whole number from 0 on: epochs, steps, whatever the objective counts; the pruners' resource. */
  readonly step: number;
  /** May be NaN. */
  readonly value: number;
}

/** What is known of a trial, at one moment. */
export interface FrozenTrial<Sampled extends Settings = Settings> {
  /** Its place in the study, from 0 on. */
  readonly number: number;
  readonly state: TrialState;
  /** Empty until it was sampled. */
  readonly settings: Sampled;
  /** What the objective came to, where it is complete. Finite. */
  readonly value?: number;
  /** By rising step, one a step. */
  readonly reports: readonly Report[];
  /** The pruned trial that it goes on from: it has the same settings, its reports so far, and its checkpoints. */
  readonly continues?: number;
  /** The trial whose settings it measures again, with another seed; `repeat` is then above 0. */
  readonly repeats?: number;
  /** 0, or which repeat of that trial it is. */
  readonly repeat: number;
  /** Why it failed. */
  readonly error?: string;
  /** What the objective or the user noted. */
  readonly attributes: Readonly<Record<string, Json>>;
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}
