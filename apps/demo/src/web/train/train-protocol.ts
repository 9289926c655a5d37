import type { RecipeConfig } from '../../recipe/config.ts';
import type { BackendName } from '../../recipe/defaults.ts';
import type { Judged } from './judged.ts';
import type { RunRecord } from './run-record.ts';

/** What the page asks of the worker. */
export type TrainRequest =
  /** Trains a new run, or goes on with a kept one of this id. */
  | { readonly type: 'start'; readonly id: string; readonly config: TrainConfig; readonly resume: boolean }
  /** Holds after the step at hand, with a checkpoint. */
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Ends after the step at hand, with a checkpoint that the run can go on from. */
  | { readonly type: 'stop' }
  /** Writes a checkpoint after the step at hand. */
  | { readonly type: 'checkpoint' }
  /** Forgets a run and its files. */
  | { readonly type: 'forget'; readonly id: string }
  /** What a finished run's models say to a picture of 28 x 28 from 0 (black) to 255. */
  | { readonly type: 'ask'; readonly picture: Uint8Array }
  /** Fetches the test image of this index, counted round, and asks about it. */
  | { readonly type: 'show'; readonly index: number };

/** A recipe's config, with the backend left to the worker. */
export type TrainConfig = Omit<RecipeConfig, 'backend'> & { readonly backend: BackendName | 'best' };

/** What the worker tells the page. */
export type TrainAnswer =
  /** What can be chosen; sent once. */
  | { readonly type: 'ready'; readonly choices: Choices }
  | { readonly type: 'runs'; readonly runs: readonly RunRecord[] }
  /** What it is busy with, beside steps. */
  | { readonly type: 'busy'; readonly text: string }
  | { readonly type: 'started'; readonly backend: BackendName; readonly why: string; readonly resumedAt: number | undefined }
  /** The run so far. */
  | { readonly type: 'progress'; readonly record: RunRecord }
  | { readonly type: 'held'; readonly step: number }
  | { readonly type: 'going' }
  | { readonly type: 'checkpoint'; readonly step: number }
  | { readonly type: 'judged'; readonly judged: Judged }
  | { readonly type: 'ended'; readonly how: 'finished' | 'stopped' }
  | { readonly type: 'shown'; readonly picture: Uint8Array; readonly digit: number }
  | { readonly type: 'answers'; readonly answers: readonly DigitAnswer[] }
  /** Something went wrong, and the run goes on. */
  | { readonly type: 'problem'; readonly text: string }
  /** Something went wrong, and the run does not. */
  | { readonly type: 'failed'; readonly text: string };

export interface Choices {
  readonly optimizers: readonly string[];
  readonly schedules: readonly string[];
  readonly augmentations: readonly string[];
  /** What an optimizer takes where nothing is given. */
  readonly usual: Readonly<Record<string, { readonly learningRate?: number; readonly weightDecay?: number }>>;
}

/** What one of the models makes of a picture. */
export interface DigitAnswer {
  readonly name: string;
  /** One a digit. */
  readonly probabilities: readonly number[];
}
